/** The way to the Kubernetes API through Grafana's plugin proxy, which holds the tokens. */
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { createClient, type KubernetesClient } from './client';
import type { ApiRequest } from './types';

/** Actions of Grafana's RBAC that the routes in plugin.json ask for. */
export const READ_ACTION = 'kubeedge-sedna-app.resources:read';
export const WRITE_ACTION = 'kubeedge-sedna-app.resources:write';

/** Routes in plugin.json: one with the reading token, one with the writing token. */
const ROUTES = { read: 'kubernetes', write: 'kubernetes-write' } as const;

function buildUrl(pluginId: string, { method, path, query = {} }: ApiRequest): string {
  const route = method === 'GET' ? ROUTES.read : ROUTES.write;
  const search = new URLSearchParams(query).toString();
  return `/api/plugin-proxy/${pluginId}/${route}${path}${search && `?${search}`}`;
}

/** A client whose requests go through Grafana; the browser never has a token. */
export function grafanaClient(pluginId: string): KubernetesClient {
  return createClient(async (request) => {
    const { data } = await lastValueFrom(
      getBackendSrv().fetch({
        url: buildUrl(pluginId, request),
        method: request.method,
        headers: request.body ? { 'content-type': request.contentType ?? 'application/json' } : undefined,
        // As text: Grafana would send a type of content that it does not know as a form.
        data: request.body && JSON.stringify(request.body),
        showErrorAlert: false,
        showSuccessAlert: false,
      })
    );
    return data;
  });
}
