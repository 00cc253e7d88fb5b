// Keyboard and mouse against the real VS Code interface, in the browser workbench. Selectors that VS Code could rename
// stand in this file only; those below held on every version of versions.mjs.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchChromium } from './chromium.mjs';
import { installWorkbench } from './install.mjs';
import { startServer, workbenchUrl } from './server.mjs';

/** Generous: on a busy machine the extension host alone takes 20 s to start. */
const limitMs = 45_000;
const pollMs = 50;
/** How long a list may take before the key that opens it is pressed again. */
const firstTryMs = 2_000;

const selectors = {
  editor: '.monaco-editor[role="code"]',
  focusedEditor: '.monaco-editor.focused',
  error: '.squiggly-error',
  warning: '.squiggly-warning',
  information: '.squiggly-info',
  hint: '.squiggly-hint',
  hover: '.monaco-hover:visible',
  parameterHints: '.parameter-hints-widget.visible',
  suggestion: '.suggest-widget.visible .monaco-list-row',
  suggestionLabel: '.label-name',
  action: '.action-widget .monaco-list-row',
  command: '.quick-input-list .monaco-list-row',
  commandBox: '.quick-input-widget:visible',
  line: '.view-line',
};

/** @typedef {'error' | 'warning' | 'information' | 'hint'} Severity */

/**
 * Opens VS Code on a temporary copy of a folder, with one of its files in the editor.
 * @param {object} options
 * @param {string} options.folder absolute path; the copy is opened, so nothing in it changes
 * @param {string} options.file path within the folder
 * @param {string} options.extension absolute path of the extension in development
 * @param {string} options.shots folder for screenshots
 * @param {'current' | 'oldest'} [options.version]
 * @param {object} [options.settings] user settings
 */
export async function openEditor({ folder, file, extension, shots, version = 'current', settings = {} }) {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'ndis-ui-'));
  cpSync(folder, copy, { recursive: true });
  mkdirSync(shots, { recursive: true });
  const workbench = await installWorkbench(version);
  const server = await startServer(workbench, { settings: { ...steadySettings, ...settings } });
  const browser = await launchChromium(workbench.playwright);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(limitMs);
  const close = async () => {
    await browser.close();
    await server.stop();
    rmSync(copy, { recursive: true, force: true });
  };
  const editor = new Editor(page, { file: path.join(copy, file), shots, close });
  try {
    await page.goto(workbenchUrl(server, { folder: copy, file: path.join(copy, file), extension }));
    await editor.see(selectors.editor);
  } catch (error) {
    await editor.shot('not-opened');
    await close();
    throw error;
  }
  return editor;
}

/** Keeps what a test types as typed, and other features' popups away from the ones it waits for. */
const steadySettings = {
  // In a browser VS Code saves by itself, so that a test of saving would prove nothing.
  'files.autoSave': 'off',
  'editor.autoClosingBrackets': 'never',
  'editor.autoIndent': 'none',
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.inlineSuggest.enabled': false,
};

/** One open editor; every method waits for what it promises and throws where that does not come. */
export class Editor {
  #page;
  #place;

  /**
   * @param {any} page playwright's Page
   * @param {{file: string, shots: string, close: () => Promise<void>}} place
   */
  constructor(page, place) {
    this.#page = page;
    this.#place = place;
  }

  /**
   * Waits until an element is shown.
   * @param {string} selector
   * @param {string | RegExp} [text] what it has to contain
   * @returns {Promise<any>} playwright's Locator of it
   */
  async see(selector, text) {
    const element = this.#page.locator(selector, text === undefined ? {} : { hasText: text }).first();
    await element.waitFor();
    return element;
  }

  /** @param {Severity} severity */
  async squiggle(severity) {
    await this.see(selectors[severity]);
  }

  /**
   * Number of squiggles drawn in the visible lines now.
   * @param {Severity} severity
   * @returns {Promise<number>}
   */
  async squiggles(severity) {
    return this.#page.locator(selectors[severity]).count();
  }

  /**
   * Waits until exactly `count` squiggles are drawn in the visible lines.
   * @param {Severity} severity
   * @param {number} [count]
   */
  async squigglesBecome(severity, count = 0) {
    await this.#until(
      `${count} squiggles of severity ${severity}`,
      async () => (await this.squiggles(severity)) === count,
    );
  }

  /**
   * Points at a word with the mouse.
   * @param {string} word a word of one colour, shown in the visible lines
   * @param {string | RegExp} [text] what the hover has to contain
   * @returns {Promise<string>} the hover's text
   */
  async hover(word, text) {
    const { x, y } = await this.#middleOf(word);
    await this.#page.mouse.move(x - 1, y);
    await this.#page.mouse.move(x, y);
    return (await this.see(selectors.hover, text)).innerText();
  }

  /** Closes hovers and lists, with the mouse out of the text. */
  async dismiss() {
    await this.#page.mouse.move(5, 795);
    await this.#page.keyboard.press('Escape');
  }

  /** Gives the text the keyboard. The first lines may lie under the editor's own bars: the middle never does. */
  async #focus() {
    await this.dismiss();
    const { x, y, width, height } = await (await this.see(selectors.editor)).boundingBox();
    await this.#page.mouse.click(x + width / 2, y + height / 2);
  }

  /**
   * Puts the cursor before a character.
   * @param {number} line from 1
   * @param {number} [column] from 1, in UTF-16 units
   */
  async goTo(line, column = 1) {
    await this.#focus();
    await this.#page.keyboard.press('Control+g');
    await this.#page.keyboard.type(`${line}:${column}`);
    await this.#page.keyboard.press('Enter');
    // A key pressed before it is gone would be its own.
    await this.#page.locator(selectors.commandBox).first().waitFor({ state: 'hidden' });
    await this.see(selectors.focusedEditor);
  }

  /** Puts the cursor at the end of the file's text. */
  async goToEnd() {
    await this.#focus();
    await this.press('Control+End');
  }

  /**
   * Puts the cursor behind a text of the file, which is saved for it.
   * @param {string} text within one line, unlike every text before it
   */
  async goBehind(text) {
    await this.save(text);
    const before = this.saved()
      .slice(0, this.saved().indexOf(text) + text.length)
      .split('\n');
    await this.goTo(before.length, (before.at(-1)?.length ?? 0) + 1);
  }

  /** @param {string} text */
  async type(text) {
    await this.#page.keyboard.type(text, { delay: 20 });
  }

  /** @param {string} keys in playwright's notation, `Control+Space` */
  async press(keys) {
    await this.#page.keyboard.press(keys);
  }

  /**
   * Types and accepts a suggestion.
   * @param {string} typed
   * @param {string} label
   */
  async complete(typed, label) {
    await this.type(typed);
    await this.#accept(await this.suggestion(label), label);
  }

  /**
   * Waits for a suggestion at the cursor, asking for the list where typing did not open it.
   * @param {string} label the whole label
   * @returns {Promise<any>} playwright's Locator of it
   */
  async suggestion(label) {
    const name = this.#page.locator(selectors.suggestionLabel, { hasText: wholly(label) });
    const row = this.#page.locator(selectors.suggestion).filter({ has: name }).first();
    await row.waitFor({ timeout: firstTryMs }).catch(async () => {
      await this.press('Control+Space');
      await row.waitFor();
    });
    return row;
  }

  /**
   * Applies a quick fix at the cursor. VS Code's first answer may hold its own actions only, so it asks again.
   * @param {string} title
   */
  async quickFix(title) {
    const action = this.#page.locator(selectors.action, { hasText: title }).first();
    await this.#until(`the quick fix ${title}`, async () => {
      await this.press('Control+.');
      const shown = await action.waitFor({ timeout: firstTryMs }).then(
        () => true,
        () => false,
      );
      if (!shown) await this.press('Escape');
      return shown;
    });
    await this.#accept(action, title);
  }

  /**
   * Waits for the signature of the call at the cursor.
   * @param {string | RegExp} text what it has to contain
   */
  async parameterHints(text) {
    await this.see(selectors.parameterHints, text);
  }

  /**
   * Takes a suggestion that comes by itself behind what was typed.
   * @param {string} typed
   * @param {string} label
   */
  async completeUnasked(typed, label) {
    await this.type(typed);
    const name = this.#page.locator(selectors.suggestionLabel, { hasText: wholly(label) });
    const row = this.#page.locator(selectors.suggestion).filter({ has: name }).first();
    await row.waitFor();
    await this.#accept(row, label);
  }

  /**
   * Fills the empty file by VS Code's own command.
   * @param {string} template
   */
  async fillFile(template) {
    await this.command('Fill File with Snippet');
    await this.type(template);
    await (await this.see(selectors.command, template)).click();
  }

  /**
   * Runs a command of the palette.
   * @param {string} title
   */
  async command(title) {
    await this.press('F1');
    await this.type(title);
    await (await this.see(selectors.command, title)).click();
  }

  /**
   * Waits until a visible line holds a text; runs of blanks count as one.
   * @param {string} text
   */
  async line(text) {
    await this.see(selectors.line, asShown(text));
  }

  /**
   * Saves and waits until the file on disk satisfies a condition.
   * @param {string | RegExp} text what it has to contain
   */
  async save(text) {
    await this.press('Control+s');
    const holds = () => (typeof text === 'string' ? this.saved().includes(text) : text.test(this.saved()));
    await this.#until(`${text} in the saved file`, async () => holds());
  }

  /** The file as it is on disk. */
  saved() {
    return readFileSync(this.#place.file, 'utf8');
  }

  /**
   * Writes a screenshot.
   * @param {string} name without extension
   */
  async shot(name) {
    await this.#page.screenshot({ path: path.join(this.#place.shots, `${name}.png`) });
  }

  async close() {
    await this.#place.close();
  }

  /**
   * Takes a row of a list by keyboard: VS Code 1.99 lets no mouse through to its list of quick fixes.
   * @param {any} row playwright's Locator
   * @param {string} what
   */
  async #accept(row, what) {
    await this.#until(`${what} selected`, async () => {
      if (/\bfocused\b/.test(await row.getAttribute('class'))) return true;
      await this.press('ArrowDown');
      return false;
    });
    await this.press('Enter');
    await row.waitFor({ state: 'detached' });
  }

  /**
   * Middle of the first visible occurrence of a word, measured in the text itself: a line's element is as wide as the
   * editor, and a token's element may hold more than the word.
   * @param {string} word
   * @returns {Promise<{x: number, y: number}>} in CSS pixels of the page
   */
  async #middleOf(word) {
    /** @type {{x: number, y: number} | undefined} */
    let middle;
    // While a line is coloured anew, a word may stand in several pieces.
    await this.#until(`${word} shown as one word`, async () => {
      middle = await this.#page.evaluate(middleOfWord, { word, lines: selectors.line });
      return middle !== undefined;
    });
    return /** @type {{x: number, y: number}} */ (middle);
  }

  /**
   * @param {string} what
   * @param {() => Promise<boolean>} condition
   */
  async #until(what, condition) {
    const end = Date.now() + limitMs;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`waited ${limitMs} ms for ${what}`);
      await this.#page.waitForTimeout(pollMs);
    }
  }
}

/**
 * The editor draws blanks as no-break spaces.
 * @param {string} text
 */
function asShown(text) {
  return new RegExp(text.split(/\s+/).map(escaped).join('[\\s\\u00a0]+'));
}

/** @param {string} text */
function wholly(text) {
  return new RegExp(`^\\s*${escaped(text)}\\s*$`);
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Runs in the page.
 * @param {{word: string, lines: string}} wanted
 * @returns {{x: number, y: number} | undefined} nothing where the word is not shown in one piece
 */
function middleOfWord({ word, lines }) {
  const isPart = (/** @type {string | undefined} */ character) => character !== undefined && /\w/.test(character);
  for (const line of document.querySelectorAll(lines)) {
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.nodeValue ?? '';
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (isPart(text[at - 1]) || isPart(text[at + word.length])) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
    }
  }
  return undefined;
}
