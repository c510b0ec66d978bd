{{- define "sedna-ops.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Returns labels that select the pods of a component. Takes the root and the name of the component. */}}
{{- define "sedna-ops.selectorLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ default $root.Chart.Name $root.Values.nameOverride }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "sedna-ops.labels" -}}
{{- $root := index . 0 -}}
{{ include "sedna-ops.selectorLabels" . }}
app.kubernetes.io/part-of: sedna-ops
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Returns a match expression that excludes edge nodes. A list item, so that callers can add others. */}}
{{- define "sedna-ops.notOnEdge" -}}
- key: node-role.kubernetes.io/edge
  operator: DoesNotExist
{{- end -}}

{{- define "sedna-ops.cloudAffinity" -}}
nodeAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    nodeSelectorTerms:
      - matchExpressions:
          {{- include "sedna-ops.notOnEdge" . | nindent 10 }}
{{- end -}}

{{/* Takes the user ID and the group ID. */}}
{{- define "sedna-ops.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ index . 0 }}
runAsGroup: {{ index . 1 }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "sedna-ops.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Takes the root and the values of the image. The default tag is the chart's appVersion. */}}
{{- define "sedna-ops.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
image: {{ printf "%s:%s" $image.repository (default $root.Chart.AppVersion $image.tag) | quote }}
imagePullPolicy: {{ $image.pullPolicy }}
{{- end -}}

{{- define "sedna-ops.pullSecrets" -}}
{{- with .Values.imagePullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "sedna-ops.tolerations" -}}
{{- with . -}}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Stops the installation because files/ has no configuration. Takes the path or the glob that found nothing. */}}
{{- define "sedna-ops.failWithoutFile" -}}
{{- fail (printf "\n\nCan't read %s of the chart sedna-ops. It is a symbolic link to configuration elsewhere in the repository, and this copy of the chart has no such link or can't follow it. Clone the whole repository with symbolic links (git clone -c core.symlinks=true), or install the package that `helm package deploy/helm/sedna-ops` creates in such a clone. Refer to \"Configuration files\" in the README of the chart.\n" .) -}}
{{- end -}}

{{/*
Returns the text of a file in files/. Fails if it is missing, or if Git has written the target of the link in place of
the link, as it does on Windows by default. Takes the root and the path.
*/}}
{{- define "sedna-ops.file" -}}
{{- $text := (index . 0).Files.Get (index . 1) -}}
{{- if or (empty $text) (regexMatch "^\\.\\./\\S+\\s*$" $text) -}}
{{- include "sedna-ops.failWithoutFile" (index . 1) -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{/*
Returns the paths that match a glob, sorted, as a JSON list. Excludes the tests beside rules, because Helm ignores
.helmignore in an unpacked subchart. Fails if no path matches. Takes the root and the glob.
*/}}
{{- define "sedna-ops.paths" -}}
{{- $paths := list -}}
{{- range $path, $_ := (index . 0).Files.Glob (index . 1) -}}
{{- if not (hasSuffix "_test.yaml" $path) -}}
{{- $paths = append $paths $path -}}
{{- end -}}
{{- end -}}
{{- if empty $paths -}}
{{- include "sedna-ops.failWithoutFile" (index . 1) -}}
{{- end -}}
{{- toJson $paths -}}
{{- end -}}

{{/* Returns the data of a ConfigMap, one key for each file that matches a glob. Takes the root and the glob. */}}
{{- define "sedna-ops.filesAsData" -}}
{{- $root := index . 0 -}}
{{- range $path := include "sedna-ops.paths" . | fromJsonArray }}
{{ base $path }}: |
  {{- include "sedna-ops.file" (list $root $path) | trimSuffix "\n" | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Returns the alerting rules of Prometheus. Prometheus doesn't know the URL of Grafana, so links get it from the values, or
only have a path.
*/}}
{{- define "sedna-ops.prometheusAlerts" -}}
{{- $url := trimSuffix "/" .Values.prometheus.alerts.grafanaUrl -}}
{{- $text := include "sedna-ops.file" (list . "files/prometheus/alerts/sedna-alerts.yaml") | trimSuffix "\n" -}}
{{- regexReplaceAll "(runbook_url|sedna_ops_url): ('?)/" $text (printf "${1}: ${2}%s/" $url) -}}
{{- end -}}

{{/*
Returns the rules of a ClusterRole in rbac.yaml, as a JSON list. Takes the root, the suffix of the role's name, and the
API groups to include; an empty list means all.
*/}}
{{- define "sedna-ops.generatedRules" -}}
{{- $root := index . 0 -}}
{{- $end := index . 1 -}}
{{- $groups := index . 2 -}}
{{- $rules := list -}}
{{- range $document := splitList "\n---\n" (include "sedna-ops.file" (list $root "files/kube-state-metrics/rbac.yaml")) -}}
{{- $role := fromYaml $document -}}
{{- if hasSuffix $end (dig "metadata" "name" "" $role) -}}
{{- range $rule := $role.rules -}}
{{- if or (empty $groups) (has (first $rule.apiGroups) $groups) -}}
{{- $rules = append $rules $rule -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if empty $rules -}}
{{- fail (printf "files/kube-state-metrics/rbac.yaml has no rules for %s. Run `npm run generate:collection`." $end) -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/* Renders a ClusterRole and binds it to a ServiceAccount. Takes the root, the component, and the rules as JSON. */}}
{{- define "sedna-ops.access" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $name := printf "%s-%s" (include "sedna-ops.fullname" $root) $component -}}
{{- $labels := include "sedna-ops.labels" (list $root $component) -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
rules:
  {{- index . 2 | fromJsonArray | toYaml | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ $name }}
subjects:
  - kind: ServiceAccount
    name: {{ $name }}
    namespace: {{ $root.Release.Namespace }}
{{- end -}}

{{/* Renders a ServiceAccount. Pods that need its token mount it themselves. Takes the root and the component. */}}
{{- define "sedna-ops.serviceAccount" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "sedna-ops.fullname" $root }}-{{ $component }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "sedna-ops.labels" (list $root $component) | nindent 4 }}
automountServiceAccountToken: false
{{- end -}}

{{/* Returns the port of a URL; the default port of its scheme if it has none. Takes the URL. */}}
{{- define "sedna-ops.portOf" -}}
{{- $url := urlParse . -}}
{{- if regexMatch ":[0-9]+$" $url.host -}}
{{- regexFind "[0-9]+$" $url.host -}}
{{- else -}}
{{- ternary 443 80 (eq $url.scheme "https") -}}
{{- end -}}
{{- end -}}

{{/*
Returns the namespace of a URL inside the cluster: <service>, <service>.<namespace>, or <service>.<namespace>.svc...
Empty for a URL outside the cluster. Takes the root and the URL.
*/}}
{{- define "sedna-ops.namespaceOf" -}}
{{- $host := regexReplaceAll ":[0-9]+$" (urlParse (index . 1)).host "" -}}
{{- $parts := splitList "." $host -}}
{{- if eq (len $parts) 1 -}}
{{- (index . 0).Release.Namespace -}}
{{- else if or (eq (len $parts) 2) (eq (index $parts 2) "svc") -}}
{{- index $parts 1 -}}
{{- end -}}
{{- end -}}
