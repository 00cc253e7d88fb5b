/** Files that the build puts beside the server, as bytes or parsed JSON. */
export interface Assets {
  bytes(name: 'web-tree-sitter.wasm' | 'tree-sitter-c.wasm' | 'tree-sitter-cpp.wasm'): Promise<Uint8Array>;
  json(name: 'catalog.json' | 'pages.json' | 'rules.json' | 'templates.json'): Promise<unknown>;
}
