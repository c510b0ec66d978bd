/** What the environment tells the exporter. */
export interface ExporterConfig {
  host: string;
  /** 0 lets the kernel choose. */
  port: number;
  /** Path of the knowledge base's SQLite file; absent means that there is no such source. */
  knowledgeBase?: string;
}

const DEFAULT_ADDRESS = '127.0.0.1:9808';

/**
 * Reads SEDNA_EXPORTER_ADDRESS (host:port, default 127.0.0.1:9808; an IPv6 host in brackets) and SEDNA_KNOWLEDGE_BASE.
 * @throws for an address that is none, naming the variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ExporterConfig {
  const address = env.SEDNA_EXPORTER_ADDRESS || DEFAULT_ADDRESS;
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(address);
  const port = Number(match?.[3]);
  if (!match || port > 65535) {
    throw new Error(`SEDNA_EXPORTER_ADDRESS must be host:port, for example ${DEFAULT_ADDRESS}, not "${address}"`);
  }
  return { host: match[1] ?? (match[2] || '0.0.0.0'), port, knowledgeBase: env.SEDNA_KNOWLEDGE_BASE || undefined };
}
