/**
 * Returns the file name in the URL of a model. A URL of the knowledge base has it as the parameter `files`; otherwise
 * it is the last part of the path.
 */
export function parseModelFileName(url: string): string {
  const name = /[?&]files=([^&]*)/.exec(url)?.[1] ?? url.slice(url.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
