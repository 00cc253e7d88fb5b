/** Markdown as plain text, for clients that show it raw: links become their words, emphasis and escapes go. */
export function plainText(markdown: string): string {
  return markdown
    .split(/(^```[^\n]*\n[^]*?^```[ \t]*$)/m)
    .map((part, index) => (index % 2 === 1 ? fenced(part) : prose(part)))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const fenced = (block: string) => block.replace(/^```[^\n]*\n/, '').replace(/\n?^```[ \t]*$/m, '');

function prose(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#{1,6}[ \t]+/gm, '')
    .replace(/^[ \t]*(?:-{3,}|\*{3,})[ \t]*$/gm, '')
    .replace(/\*\*(?=\S)(.+?)\*\*/g, '$1')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+?)\*(?!\w)/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~&])/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
