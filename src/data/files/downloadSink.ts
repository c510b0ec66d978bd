/** Writes a download to disk if the browser can, else to memory until it is complete. */

export interface FileKind {
  /** Without extension. */
  name: string;
  extension: string;
  mime: string;
}

/** Receives a download. The file gets its name with `finish` or `keepPart`. */
export interface DownloadSink {
  /** Whether memory holds the whole download until it is saved. */
  inMemory: boolean;
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Saves the complete file. */
  finish: () => Promise<void>;
  /** Saves what was written as a partial file; returns false if the user cancels the file dialog. */
  keepPart: () => Promise<boolean>;
  discard: () => Promise<void>;
}

/** File System Access API, which TypeScript has no types for. */
interface FileHandle extends FileSystemFileHandle {
  remove?: () => Promise<void>;
}
type SaveFilePicker = (options: object) => Promise<FileHandle>;

const getFilePicker = () => (window as { showSaveFilePicker?: SaveFilePicker }).showSaveFilePicker;

/** Returns whether memory holds a download until it is complete. */
export const isHeldInMemory = (): boolean => getFilePicker() === undefined;

const partName = (name: string) => `${name}-partial`;

/** Browsers read the URL some time after the click. */
const REVOKE_DELAY_MS = 60_000;

function saveBlob(parts: BlobPart[], { name, extension, mime }: FileKind): void {
  const url = URL.createObjectURL(new Blob(parts, { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.${extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_DELAY_MS);
}

function createMemorySink(kind: FileKind): DownloadSink {
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

/** Returns undefined if the user cancels the dialog. */
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

/** Deletes the empty file that the file dialog created. */
async function removeEmpty(handle: FileHandle): Promise<void> {
  if ((await handle.getFile()).size === 0) {
    await handle.remove?.();
  }
}

async function createDiskSink(pick: SaveFilePicker, kind: FileKind, handle: FileHandle): Promise<DownloadSink> {
  // The browser writes to a temporary file, which replaces the file when the stream closes.
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
      // The written data is readable only after the stream closes, in the first file: copy it, then delete that file.
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
 * Opens a sink. Call it in a click handler: browsers reject a file dialog without a user gesture.
 * @returns undefined if the user cancels the dialog
 */
export async function openDownloadSink(kind: FileKind): Promise<DownloadSink | undefined> {
  const pick = getFilePicker()?.bind(window);
  if (!pick) {
    return createMemorySink(kind);
  }
  try {
    const handle = await pickFile(pick, kind);
    return handle && (await createDiskSink(pick, kind, handle));
  } catch {
    // File dialogs aren't allowed here, such as in a frame of another site.
    return createMemorySink(kind);
  }
}
