/** Parses what a data source, a gateway, or Grafana sent with an error. */

export interface QueryErrorLike {
  status?: number;
  statusText?: string;
  message?: string;
  data?: unknown;
}

export interface ServerMessage {
  /** Text for people: of the JSON or the HTML page that the server sent; may be empty. */
  text: string;
  /** `errorType` of the Prometheus API, or the status of other APIs, in lower case. */
  type?: string;
  /** `messageId` of Grafana, such as `plugin.downstreamError`. */
  grafanaId?: string;
  /** Whether Grafana itself denied the access: it adds an ID for its log. */
  isDeniedByGrafana?: boolean;
  /** Whether the server sent an HTML page. */
  isPage?: boolean;
}

const PAGE = /^\s*(<!doctype html|<html|<\?xml[^>]*>\s*<!doctype html|<head|<body)/i;

const toPlainText = (html: string) =>
  html
    .replace(/<(script|style)[^]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

function parsePage(html: string): ServerMessage {
  const heading = /<(title|h1)[^>]*>([^]*?)<\/\1>/i.exec(html)?.[2] ?? html;
  return { text: toPlainText(heading), isPage: true };
}

/** The keys of servers and gateways for their text, the most specific last. */
const TEXT_KEYS = ['title', 'message', 'Message', 'detail', 'error_description', 'error'];

/** Joins texts; leaves out those that others contain, and what Grafana's frontend writes in place of an empty one. */
const joinTexts = (texts: readonly string[]): string =>
  texts
    .filter(
      (text, index) =>
        text !== 'Unexpected error' &&
        !texts.some((other, at) => at !== index && other !== text && other.includes(text))
    )
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join(': ');

function parseObject(body: Readonly<Record<string, unknown>>): ServerMessage {
  const parts = TEXT_KEYS.map((key) => parseBody(body[key]));
  const nested = parts.find(({ type, isPage }) => type !== undefined || isPage);
  const { errorType, status, messageId } = body;
  const type = [errorType, status].find((value) => typeof value === 'string' && value !== 'error');
  return {
    ...nested,
    text: joinTexts(parts.map(({ text }) => text)),
    ...(type === undefined ? {} : { type: String(type).toLowerCase() }),
    ...(typeof messageId === 'string' ? { grafanaId: messageId } : {}),
    ...(body.accessErrorId ? { isDeniedByGrafana: true } : {}),
  };
}

function parseBody(body: unknown): ServerMessage {
  if (typeof body === 'string') {
    if (PAGE.test(body)) {
      return parsePage(body);
    }
    if (/^\s*\{/.test(body)) {
      try {
        return parseBody(JSON.parse(body));
      } catch {
        // Text that starts with a stream selector, or JSON that was cut off.
      }
    }
    return { text: body.trim() };
  }
  return typeof body === 'object' && body !== null ? parseObject(body as Record<string, unknown>) : { text: '' };
}

/** Returns what the server sent; else the texts of Grafana and of the HTTP status. */
export function parseServerMessage({ data, message, statusText }: QueryErrorLike): ServerMessage {
  const sent = parseBody(data);
  if (sent.text !== '') {
    return sent;
  }
  const said = parseBody(message);
  return { ...sent, ...said, text: said.text || statusText || '' };
}
