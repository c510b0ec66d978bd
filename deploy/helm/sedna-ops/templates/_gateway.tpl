{{/*
What nginx lets through to Loki: reading, by exact paths. nginx matches the path after decoding and resolving it, and
what goes on to Loki is the path that was matched, never the one that was sent: so `..`, `//` and `%2e` cannot mean
one thing here and another there. Everything else is refused with 403.
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
  # A query in the body of a POST; a push would need more.
  client_max_body_size 256k;
  # Only what was refused is worth a line.
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
  # The tenant is for this configuration to say; an empty value takes the header away.
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

    # Queries, which may come as GET or, when they are long, as POST.
    location ~ "^/loki/api/v1/(query|query_range|labels|series|patterns|format_query|detected_labels|detected_fields|index/(stats|volume|volume_range))\z" {
      limit_except GET POST { deny all; }
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    # Values of labels and fields, and what Grafana asks about Loki itself.
    location ~ "^/loki/api/v1/(label/[A-Za-z0-9_]+/values|detected_field/[A-Za-z0-9_.-]+/values|status/buildinfo|drilldown-limits|rules)\z" {
      limit_except GET { deny all; }
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    location ~ "^/prometheus/api/v1/(rules|alerts)\z" {
      limit_except GET { deny all; }
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    # The live tail is a WebSocket, the only path where a connection may be upgraded.
    location = /loki/api/v1/tail {
      limit_except GET { deny all; }
      proxy_set_header Host {{ $url.host }};
      proxy_set_header X-Scope-OrgID {{ .Values.gateway.tenant | quote }};
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      # Loki ends a tail itself after an hour.
      proxy_read_timeout 3600s;
      proxy_pass {{ $url.scheme }}://loki$uri$is_args$args;
    }

    location / {
      return 403 "This gateway lets through queries to Loki and nothing else.\n";
    }
  }
}
{{- end -}}
