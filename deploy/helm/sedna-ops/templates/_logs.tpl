{{/* The name of the exporter in the collector's configuration. Takes the configuration as text. */}}
{{- define "sedna-ops.logExporter" -}}
{{- $names := list -}}
{{- range $name, $_ := (fromYaml .).exporters -}}
{{- if or (hasPrefix "otlphttp" $name) (hasPrefix "otlp_http" $name) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- if ne (len $names) 1 -}}
{{- fail "files/otel-collector/config.yaml must have one otlphttp exporter: write the chart's files anew with `npm run generate:chart`" -}}
{{- end -}}
{{- first $names -}}
{{- end -}}

{{/* What is laid over the collector's configuration: how to reach a guarded Loki, and the cluster. Empty without both. */}}
{{- define "sedna-ops.logAccess" -}}
{{- $root := index . 0 -}}
{{- $logs := $root.Values.logs -}}
{{- $headers := dict -}}
{{- with $logs.tenant -}}
{{- $_ := set $headers "X-Scope-OrgID" . -}}
{{- end -}}
{{- if $logs.authorizationSecret.name -}}
{{- $_ := set $headers "Authorization" "${env:LOKI_AUTHORIZATION}" -}}
{{- end -}}
{{- $exporter := dict -}}
{{- with $headers -}}
{{- $_ := set $exporter "headers" . -}}
{{- end -}}
{{- if $logs.caConfigMap.name -}}
{{- $_ := set $exporter "tls" (dict "ca_file" "/etc/loki-ca/ca.crt") -}}
{{- end -}}
{{- $overlay := dict -}}
{{- with $exporter -}}
{{- $_ := set $overlay "exporters" (dict (index $ 1) .) -}}
{{- end -}}
{{- with $root.Values.cluster -}}
{{- $_ := set $overlay "receivers" (dict "filelog" (dict "resource" (dict "cluster" .))) -}}
{{- end -}}
{{- with $overlay -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{/*
Four fifths of the memory limit, in Go's units, so that the collector tidies up before it is killed. Takes resources;
a limit that is not in Mi or Gi is left to Go as it is.
*/}}
{{- define "sedna-ops.goMemoryLimit" -}}
{{- $limit := dig "limits" "memory" "" . | toString -}}
{{- if regexMatch "^[0-9]+Mi$" $limit -}}
{{- printf "%dMiB" (div (mul (trimSuffix "Mi" $limit | int) 4) 5) -}}
{{- else if regexMatch "^[0-9]+Gi$" $limit -}}
{{- printf "%dMiB" (div (mul (trimSuffix "Gi" $limit | int) 4096) 5) -}}
{{- else -}}
off
{{- end -}}
{{- end -}}
