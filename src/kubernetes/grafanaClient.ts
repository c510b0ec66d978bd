/** Kubernetes client over Grafana's plugin proxy, which has the tokens. */
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { createClient, type KubernetesClient } from './client';
import type { ApiRequest } from './types';

/** RBAC actions that the routes in plugin.json require. */
export const READ_ACTION = 'kubeedge-sedna-app.resources:read';
export const WRITE_ACTION = 'kubeedge-sedna-app.resources:write';

/** Routes in plugin.json: one with the read token, and one with the write token. */
const ROUTES = { read: 'kubernetes', write: 'kubernetes-write' } as const;

function buildUrl(pluginId: string, { method, path, query = {} }: ApiRequest): string {
  const route = method === 'GET' ? ROUTES.read : ROUTES.write;
  const search = new URLSearchParams(query).toString();
  return `/api/plugin-proxy/${pluginId}/${route}${path}${search && `?${search}`}`;
}

/** Creates a client whose requests go through Grafana, so that the browser never has a token. */
export function grafanaClient(pluginId: string): KubernetesClient {
  return createClient(async (request) => {
    const { data } = await lastValueFrom(
      getBackendSrv().fetch({
        url: buildUrl(pluginId, request),
        method: request.method,
        headers: request.body ? { 'content-type': request.contentType ?? 'application/json' } : undefined,
        // As text, because Grafana would encode an unknown content type as a form.
        data: request.body && JSON.stringify(request.body),
        abortSignal: request.signal,
        showErrorAlert: false,
        showSuccessAlert: false,
      })
    );
    return data;
  });
}
