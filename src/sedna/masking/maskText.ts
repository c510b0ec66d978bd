/** Masks secrets in texts: commands, URLs, and JSON in annotations and conditions. */
import { isHarmless, isSecretField, isSecretName } from './secretNames';

/** Replaces a masked value. */
export const MASK = '<masked>';

/** From `://` to the next one, or to the end of the word. */
const URL_REST = /:\/\/(?:(?!:\/\/)[^\s"])*/g;
/** Schemes whose URLs have a user name before the host, but no secret. */
const USER_NAME_SCHEME = /(?:ssh|sftp|git|rsync)$/i;

/** Masks `user:password@host` and `token@host`. A password may contain a slash that should have been encoded. */
function maskUserInfo(text: string): string {
  return text.replace(URL_REST, (match, offset: number) => {
    const rest = match.slice(3);
    const [authority] = rest.split(/[/?#]/, 1);
    const end = authority.includes('@')
      ? authority.lastIndexOf('@')
      : // A port isn't a password: `http://host:9000/a@b`.
        /^[^:[]*:(?!\d*$)/.test(authority)
        ? rest.indexOf('@')
        : -1;
    if (end < 1) {
      return match;
    }
    const info = rest.slice(0, end);
    const [user] = info.split(':', 1);
    const password = info.slice(user.length + 1);
    if (user === info && USER_NAME_SCHEME.test(text.slice(Math.max(0, offset - 8), offset))) {
      return match;
    }
    // GitHub and others accept a token as the user, without a password or with this one.
    const inUser = password === '' || password === 'x-oauth-basic';
    return `://${inUser ? MASK : `${user}:${MASK}`}${rest.slice(end)}`;
  });
}

/** `user:password@host` without a scheme, but no port with a path, image digest, or URL. */
const BARE_USER_INFO =
  /(^|[\s"'=,;(])(?!mailto:)([\w.-]{1,64}):(?!\d{1,5}[/?#]|\/\/)(?![^\s"'@]*:\/\/)[^\s"'@]{1,512}@(?!sha\d)(?=[\w[(])/g;

interface Range {
  start: number;
  end: number;
}

/**
 * Masks secrets after each match of a pattern. Other text after a match is searched too: `CMD="login --token=..."`.
 * @param opener - must be global
 * @param secretAfter - returns the secret after a match, which ends at `from`
 */
function maskAfter(
  text: string,
  opener: RegExp,
  secretAfter: (match: RegExpExecArray, from: number) => Range | undefined
): string {
  let masked = '';
  let done = 0;
  opener.lastIndex = 0;
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const found = secretAfter(match, opener.lastIndex);
    if (found) {
      masked += text.slice(done, found.start) + MASK;
      done = found.end;
      opener.lastIndex = found.end;
    }
  }
  return masked + text.slice(done);
}

/** A name and colon in JSON, whose quotes may be escaped several times. */
const JSON_NAME = /(?<!\\)(\\*)"([^"\\]{1,200})\1"\s*:\s*/g;
const QUOTE = /(?<!\\)(\\*)"/g;

/** Returns the range from a position in a string to its closing quote, given the escape of its quotes. */
function restOfString(text: string, start: number, escape: string): Range {
  // A quote is the closing one if only its own escape and pairs of escaped backslashes precede it.
  const period = 2 * (escape.length + 1);
  QUOTE.lastIndex = start;
  for (let match = QUOTE.exec(text); match; match = QUOTE.exec(text)) {
    const more = match[1].length - escape.length;
    if (more >= 0 && more % period === 0) {
      return { start, end: match.index + more };
    }
  }
  // Truncated JSON.
  return { start, end: text.length };
}

/** Masks `"password": "..."`, and `"name": "API_TOKEN", "value": "..."`. */
function maskJson(text: string): string {
  let variable: string | undefined;
  return maskAfter(text, JSON_NAME, ([, escape, name], from) => {
    const owner = name === 'value' ? variable : undefined;
    variable = undefined;
    const secret = owner === undefined ? isSecretField(name) : isSecretName(owner);
    const isVariable = name === 'name' || name === 'key';
    const start = from + escape.length + 1;
    if ((!secret && !isVariable) || text.slice(from, start) !== `${escape}"`) {
      return undefined;
    }
    const value = restOfString(text, start, escape);
    const said = text.slice(value.start, value.end);
    variable = isVariable ? said : undefined;
    return secret && !isHarmless(owner ?? name, said) ? value : undefined;
  });
}

/** Contents of a quoted string in a shell, which may be truncated. */
const IN_QUOTES = { '"': /(?:[^"\\]|\\[\s\S])*/y, "'": /[^'\n]*/y };
/** An unquoted value up to its end in a shell, a query, or JSON. */
const BARE = /(?:[^\s"'&;\\]|'(?![\s,)\]};&|]|$)|\\(?!u0026)[^"\n]|&(?![\w.%[\]-]+=|[&\s]|$)|;(?![\w.-]+=|[;\s]|$))+/y;
const SCHEME = /(?:(?:bearer|basic|token|digest)[ \t]+)?/iy;
const ESCAPED_QUOTE = /(\\+)"/y;

/** Returns the range of a sticky pattern from a position. */
function getRange(pattern: RegExp, text: string, start: number): Range {
  pattern.lastIndex = start;
  return { start, end: start + (pattern.exec(text)?.[0].length ?? 0) };
}

/** Returns the range of the value at a position without quotes, or undefined if it is harmless. */
function valueAt(text: string, from: number, name: string): Range | undefined {
  const quote = text.charAt(from);
  ESCAPED_QUOTE.lastIndex = from;
  const escaped = ESCAPED_QUOTE.exec(text);
  const found = escaped
    ? restOfString(text, from + escaped[0].length, escaped[1])
    : quote === '"' || quote === "'"
      ? getRange(IN_QUOTES[quote], text, from + 1)
      : { start: from, end: getRange(BARE, text, getRange(SCHEME, text, from).end).end };
  return isHarmless(name, text.slice(found.start, found.end)) ? undefined : found;
}

/** `NAME=value` in a shell, a query, or a list of settings, but not `a == b`. */
const ASSIGNMENT = /(?<![\w.-])([\w.[\]-]{1,200})(?:=|[ \t]+=[ \t]+)(?!=)/g;

function maskAssignments(text: string): string {
  return maskAfter(text, ASSIGNMENT, ({ 1: name, index }, from) => {
    // `key=robots/dog` is common in log lines, but in a query it is an API key.
    const bareKey = name.toLowerCase() === 'key' && !/[?&]/.test(text.charAt(index - 1));
    return !bareKey && isSecretName(name) ? valueAt(text, from, name) : undefined;
  });
}

/** `--name value`, also as two strings of a list. */
const OPTION = /(?<![\w-])(--?[a-z][\w.-]{0,100})(?:[ \t]+|\\*"\s*,\s*(?=\\*")|'\s*,\s*(?='))(?![-=|&;<>\s])/gi;

function maskOptions(text: string): string {
  return maskAfter(text, OPTION, ([, name], from) => (isSecretName(name) ? valueAt(text, from, name) : undefined));
}

/** `Authorization: Bearer value`, `PRIVATE-TOKEN: value`, `db_password: value`. */
const HEADER = /(?<![\w./-])([\w-]{1,100})(["']?:[ \t]*)(?:(?:bearer|basic|token|digest)[ \t]+)?(["']?)(?=[^\s"'\\])/gi;
/** To the end of the line or string, because the value may contain spaces. */
const TO_END = /[^"'\\\r\n]*/y;
/** Names before a colon that aren't part of an error message, such as `token: expired`. */
const SURE = /^(?:authorization|cookie|passw(?:or)?d|passphrase|.*[a-z0-9][_-].*|.*[a-z][A-Z].*)$/;

function maskHeaders(text: string): string {
  const isDocument = text.includes('\n');
  return maskAfter(text, HEADER, ([, name, colon, quote], from) => {
    // Without a space after the colon, it may be an image such as `auth-service:v1`.
    const spaced = /[ \t"']/.test(colon) || quote !== '' || /^authorization$/i.test(name);
    const sure = isDocument || quote !== '' || SURE.test(name) || SURE.test(name.toLowerCase());
    if (!spaced || !sure || !isSecretField(name)) {
      return undefined;
    }
    const value = getRange(TO_END, text, from);
    return isHarmless(name, text.slice(value.start, value.end).trim()) ? undefined : value;
  });
}

/** A token after its scheme, but not `bearer authentication`. */
const BEARER = /\b(bearer)([ \t]+|%20)(?!<masked>|tokens?\b|auth[a-z]*\b|scheme\b|header\b|realm\b)[^\s"'\\,;]{6,}/gi;
const BASIC = /\b(basic)([ \t]+|%20)(?=[A-Za-z+/]*[\d=])[A-Za-z0-9+/]{6,}={0,2}/gi;

/** Masks likely secrets in a text: a URL, a command, a log line, or JSON. */
export function maskText(text: string): string {
  const urls = maskUserInfo(text).replace(BARE_USER_INFO, `$1$2:${MASK}@`);
  const known = maskHeaders(maskJson(urls)).replace(BEARER, `$1$2${MASK}`).replace(BASIC, `$1$2${MASK}`);
  return maskOptions(maskAssignments(known));
}
