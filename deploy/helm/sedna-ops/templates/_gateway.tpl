{{/*
Configuration of nginx. Allows read requests to Loki by exact path, and answers everything else with 403. nginx matches
the decoded and normalized path and forwards the matched path, never the original one, so that `..`, `//`, and `%2e`
can't mean different paths to nginx and Loki.
*/}}
{{- define "sedna-ops.gatewayConfiguration" -}}
{{- $url := urlParse (trimSuffix "/" .Values.lokiUrl) -}}
{{- $port := ternary "443" "80" (eq $url.scheme "https") -}}
{{- $server := ternary $url.host (printf "%s:%s" $url.host $port) (regexMatch ":[0-9]+$" $url.host) -}}
worker_processes 1;
daemon off;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;

events {
  worker_connections 1024;
}

http {
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  server_tokens off;
  default_type text/plain;
  # Enough for a query in the body of a POST, too little for most pushes.
  client_max_body_size 256k;
  # Log rejected requests only.
  map $status $refused {
    default 0;
    403 1;
  }
  access_log /dev/stdout combined if=$refused;

  upstream loki {
    server {{ $server }};
    keepalive 16;
  }

  proxy_http_version 1.1;
  proxy_set_header Host {{ $url.host }};
  proxy_set_header Connection "";
  # Replaces the tenant that the client sends; an empty value removes the header.
  proxy_set_header X-Scope-OrgID {{ .Values.gateway.tenant | quote }};
  proxy_read_timeout 300s;
  proxy_redirect off;
  {{- if eq $url.scheme "https" }}
  proxy_ssl_name {{ regexReplaceAll ":[0-9]+$" $url.host "" }};
  proxy_ssl_server_name on;
  proxy_ssl_verify on;
  proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
  {{- end }}

  server {
    listen 8080;
    merge_slashes on;

    location = /-/healthy {
      access_log off;
      return 200 "ok\n";
    }

    # Queries. Grafana sends long ones as POST.
    location ~ "^/loki/api/v1/(query|query_range|labels|series|patterns|format_query|detected_labels|detected_fields|index/(stats|volume|volume_range))\z" {
      limit_except GET POST { deny all; }
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    # Values of labels and fields, and Grafana's requests for Loki's version, limits, and rules.
    location ~ "^/loki/api/v1/(label/[A-Za-z0-9_]+/values|detected_field/[A-Za-z0-9_.-]+/values|status/buildinfo|drilldown-limits|rules)\z" {
      limit_except GET { deny all; }
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    location ~ "^/prometheus/api/v1/(rules|alerts)\z" {
      limit_except GET { deny all; }
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    # The live tail is a WebSocket. No other path allows an upgrade.
    location = /loki/api/v1/tail {
      limit_except GET { deny all; }
      proxy_set_header Host {{ $url.host }};
      proxy_set_header X-Scope-OrgID {{ .Values.gateway.tenant | quote }};
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      # Loki ends a tail after an hour.
      proxy_read_timeout 3600s;
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    location / {
      return 403 "This gateway only allows queries to Loki.\n";
    }
  }
}
{{- end -}}
