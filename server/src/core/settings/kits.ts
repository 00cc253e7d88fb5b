const kitFolder =
  /(?:^|\/)(?:Windows ?Kits|WinDDK|Microsoft SDKs|Microsoft Visual Studio[^/]*)\/|\/include\/10\.\d+\.\d+\.\d+\/|\/build\/native\/Include\//i;

/**
 * A file of the SDK, the WDK or the compiler, by where it stands: nothing is reported in it and nothing changed.
 * @param path a path or URI
 */
export function isKitFile(path: string): boolean {
  return kitFolder.test(path.replaceAll('%20', ' ').replaceAll('\\', '/'));
}
