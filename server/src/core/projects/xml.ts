/** An element's start: its name, attributes, the text up to the next tag, and the names of the elements around it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly around: readonly XmlElement[];
}

/** A value never holds `<`, so that a quote that is not closed reaches no further than the next tag. */
const tag = /<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>([^<]*)/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const deepest = 64;

/** The elements of a project file in the order of the text. What is no XML is skipped. */
export function elementsOf(text: string): XmlElement[] {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  for (const [, closing, name = '', attributes = '', alone, content = ''] of withoutComments(text).matchAll(tag)) {
    if (closing) {
      const at = open.findLastIndex((element) => element.name === name);
      if (at >= 0) open.length = at;
      continue;
    }
    const element = { name, attributes: attributesOf(attributes), text: decoded(content).trim(), around: [...open] };
    elements.push(element);
    if (!alone && open.length < deepest) open.push(element);
  }
  return elements;
}

function attributesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(attribute)].map(([, name = '', double, single]) => [name, decoded(double ?? single ?? '')]),
  );
}

/** A comment that is not closed hides the rest. */
function withoutComments(text: string): string {
  let plain = '';
  let at = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', at)) {
    plain += text.slice(at, start);
    const end = text.indexOf('-->', start);
    if (end < 0) return plain;
    at = end + '-->'.length;
  }
  return plain + text.slice(at);
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,4}));/gi, (written, decimal, hexadecimal, name) => {
    if (name !== undefined) return entities[name as string] ?? written;
    return String.fromCodePoint(decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal as string, 16));
  });
}
