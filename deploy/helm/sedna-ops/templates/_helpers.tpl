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

{{/* Selects the pods of a component. Takes a list: the root, the component's name. */}}
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

{{/* Keeps a pod off edge nodes, which are for Sedna's work. As a term, for others may be added to it. */}}
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

{{/* Takes the user and the group. */}}
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

{{/* Takes the root and image values; a tag that is empty is the chart's appVersion. */}}
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

{{/* A ConfigMap's data from files of the chart, by their names. Takes the root and a glob. */}}
{{- define "sedna-ops.filesAsData" -}}
{{- $root := index . 0 -}}
{{- range $path, $_ := $root.Files.Glob (index . 1) }}
{{ base $path }}: |
  {{- $root.Files.Get $path | trimSuffix "\n" | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
The alerting rules of Prometheus, which does not know where Grafana is: their links begin with its address where that is
told, and with their path where not.
*/}}
{{- define "sedna-ops.prometheusAlerts" -}}
{{- $url := trimSuffix "/" .Values.prometheus.alerts.grafanaUrl -}}
{{- $text := .Files.Get "files/prometheus/alerts/sedna-alerts.yaml" | trimSuffix "\n" -}}
{{- regexReplaceAll "(runbook_url|sedna_ops_url): ('?)/" $text (printf "${1}: ${2}%s/" $url) -}}
{{- end -}}

{{/*
Rules of a generated ClusterRole, as a JSON list. Takes the root, the end of the role's name and the API groups that
are wanted; no groups mean all.
*/}}
{{- define "sedna-ops.generatedRules" -}}
{{- $root := index . 0 -}}
{{- $end := index . 1 -}}
{{- $groups := index . 2 -}}
{{- $rules := list -}}
{{- range $document := splitList "\n---\n" ($root.Files.Get "files/kube-state-metrics/rbac.yaml") -}}
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
{{- fail (printf "files/kube-state-metrics/rbac.yaml has no rules for %s: write the chart's files anew with `npm run generate:chart`" $end) -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/* A ServiceAccount that is allowed what a generated role allows. Takes the root, the component, the rules as JSON. */}}
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

{{/* A ServiceAccount; whoever needs its token says so in the pod. Takes the root and the component. */}}
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

{{/* The port of an address, by its scheme where it names none. */}}
{{- define "sedna-ops.portOf" -}}
{{- $url := urlParse . -}}
{{- if regexMatch ":[0-9]+$" $url.host -}}
{{- regexFind "[0-9]+$" $url.host -}}
{{- else -}}
{{- ternary 443 80 (eq $url.scheme "https") -}}
{{- end -}}
{{- end -}}

{{/*
The namespace that an address within the cluster names: <service>, <service>.<namespace> or <service>.<namespace>.svc...
Empty for an address outside. Takes the root and the address.
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
