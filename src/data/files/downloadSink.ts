/** Where a download is written: to the disk at once where the browser can, else to memory until it is complete. */

export interface FileKind {
  /** Without extension. */
  name: string;
  extension: string;
  mime: string;
}

/** What is written has no name before `finish` or `keepPart`. */
export interface DownloadSink {
  /** Whether all of it is held in memory until it is saved. */
  inMemory: boolean;
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Saves all of it under its name. */
  finish: () => Promise<void>;
  /** Saves what there is under a name that says that it is a part; false where the person chose no file for it. */
  keepPart: () => Promise<boolean>;
  discard: () => Promise<void>;
}

/** Of the File System Access API, which TypeScript does not know yet. */
interface FileHandle extends FileSystemFileHandle {
  remove?: () => Promise<void>;
}
type SaveFilePicker = (options: object) => Promise<FileHandle>;

const getFilePicker = () => (window as { showSaveFilePicker?: SaveFilePicker }).showSaveFilePicker;

/** Whether a download is held in memory. */
export const isHeldInMemory = (): boolean => getFilePicker() === undefined;

const partName = (name: string) => `${name}-partial`;

/** Browsers read the address after the click, when is not said. */
const REVOKE_AFTER = 60_000;

function saveBlob(parts: BlobPart[], { name, extension, mime }: FileKind): void {
  const url = URL.createObjectURL(new Blob(parts, { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.${extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER);
}

function memoryTarget(kind: FileKind): DownloadSink {
  let parts: BlobPart[] = [];
  return {
    inMemory: true,
    write: async (bytes) => void parts.push(new Blob([bytes])),
    finish: async () => saveBlob(parts, kind),
    keepPart: async () => {
      saveBlob(parts, { ...kind, name: partName(kind.name) });
      return true;
    },
    discard: async () => {
      parts = [];
    },
  };
}

/** @returns undefined where the person chose none */
async function pickFile(pick: SaveFilePicker, { name, extension, mime }: FileKind): Promise<FileHandle | undefined> {
  try {
    return await pick({
      suggestedName: `${name}.${extension}`,
      types: [{ accept: { [mime]: [`.${extension}`] } }],
    });
  } catch (reason) {
    if ((reason as Error).name === 'AbortError') {
      return undefined;
    }
    throw reason;
  }
}

/** Takes away the empty file that choosing its name has made. */
async function removeEmpty(handle: FileHandle): Promise<void> {
  if ((await handle.getFile()).size === 0) {
    await handle.remove?.();
  }
}

async function diskTarget(pick: SaveFilePicker, kind: FileKind, handle: FileHandle): Promise<DownloadSink> {
  // The browser writes beside the file and puts that in its place when it is closed.
  const stream = await handle.createWritable();
  return {
    inMemory: false,
    write: (bytes) => stream.write(bytes),
    finish: () => stream.close(),
    keepPart: async () => {
      const part = await pickFile(pick, { ...kind, name: partName(kind.name) });
      if (part === undefined) {
        return false;
      }
      // What was written can only be read once it has the name that was chosen first: it is copied and taken away.
      await stream.close();
      await (await handle.getFile()).stream().pipeTo(await part.createWritable());
      if (!(await part.isSameEntry(handle))) {
        await (await handle.createWritable()).close();
        await removeEmpty(handle);
      }
      return true;
    },
    discard: async () => {
      await stream.abort();
      await removeEmpty(handle);
    },
  };
}

/**
 * Opens what a download is written to. Call it where a person has just clicked, or browsers refuse to ask for a file.
 * @returns undefined where the person was asked for a file and chose none
 */
export async function openDownloadSink(kind: FileKind): Promise<DownloadSink | undefined> {
  const pick = getFilePicker()?.bind(window);
  if (!pick) {
    return memoryTarget(kind);
  }
  try {
    const handle = await pickFile(pick, kind);
    return handle && (await diskTarget(pick, kind, handle));
  } catch {
    // Not allowed here, as in a frame of another site.
    return memoryTarget(kind);
  }
}
