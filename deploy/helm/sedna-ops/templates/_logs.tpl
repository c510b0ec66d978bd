{{/*
Returns the names of the OTLP exporters in the collector's configuration as YAML: the one with new lines, and the one
that sends the queue of an older collector. Takes the configuration as text.
*/}}
{{- define "sedna-ops.logExporters" -}}
{{- $names := list -}}
{{- range $name, $_ := (fromYaml .).exporters -}}
{{- if or (hasPrefix "otlphttp" $name) (hasPrefix "otlp_http" $name) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- if not (has "otlp_http" $names) -}}
{{- fail "files/otel-collector/config.yaml must have the exporter otlp_http. Run `npm run generate:collection`." -}}
{{- end -}}
{{- toYaml $names -}}
{{- end -}}

{{/*
Returns configuration that the collector merges into its main configuration: authentication for Loki, and the cluster.
Empty without both. Takes the root and the names of the OTLP exporters as YAML.
*/}}
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
{{- $exporters := dict -}}
{{- range $name := fromYamlArray (index $ 1) -}}
{{- $_ := set $exporters $name $exporter -}}
{{- end -}}
{{- $_ := set $overlay "exporters" $exporters -}}
{{- end -}}
{{- with $root.Values.cluster -}}
{{- $_ := set $overlay "receivers" (dict "file_log" (dict "resource" (dict "cluster" .))) -}}
{{- end -}}
{{- with $overlay -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{/*
Returns GOMEMLIMIT, four fifths of the memory limit, so that the garbage collector runs before the process is killed.
Returns "off" if the limit isn't in Mi or Gi. Takes the resources.
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
