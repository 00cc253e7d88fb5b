import * as vscode from 'vscode';

const skippedFolder = /^(?:\..*|node_modules|bin|obj|Debug|Release|x64|x86|ARM|ARM64|Win32|dist|objfre.*|objchk.*)$/i;
const wantedName =
  /(?:\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl|vcxproj|vcxitems|props|targets)|^sources(?:\.inc)?|^compile_commands\.json|^\.ndislint\.json)$/i;

/** Sources and project files of a virtual workspace, which the server cannot reach. */
export async function listFiles(folder: vscode.Uri, depth: number): Promise<string[]> {
  const files: string[] = [];
  for (const [name, type] of await entries(folder)) {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.File && wantedName.test(name)) files.push(uri.toString());
    if (type !== vscode.FileType.Directory || depth === 0 || skippedFolder.test(name)) continue;
    files.push(...(await listFiles(uri, depth - 1)));
  }
  return files;
}

async function entries(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).sort(([one], [other]) => (one < other ? -1 : 1));
  } catch {
    return [];
  }
}

/** A file in base64; null where there is none. */
export async function readFile(uri: vscode.Uri): Promise<string | null> {
  try {
    return base64(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}
