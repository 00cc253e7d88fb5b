import { expect, test } from 'vitest';
import { declaredName, parse, textsOf } from './parser.js';
import { sample } from './sample.js';

const kinds = (text: string, language: 'c' | 'cpp' = 'c'): string[] =>
  parse(text, language).items.map((item) => item.root.kind);

test('the sample has no errors in either language', () => {
  expect(parse(sample).errors).toBe(0);
  expect(parse(sample, 'cpp').errors).toBe(0);
});

test('masked text has the length of the text and its line breaks', () => {
  for (const item of parse(sample).items) {
    expect(item.masked).toHaveLength(item.text.length);
    expect(item.text).toHaveLength(item.length);
    expect(sample.startsWith(item.text, item.start)).toBe(true);
    expect(item.masked.replace(/[^\n]/g, '')).toBe(item.text.replace(/[^\n]/g, ''));
  }
});

test('children lie inside their parents and follow each other', () => {
  for (const item of parse(sample).items) {
    const check = (node: (typeof item)['root']): void => {
      let at = node.start;
      for (const child of node.children) {
        expect(child.start).toBeGreaterThanOrEqual(at);
        expect(child.end).toBeLessThanOrEqual(node.end);
        at = child.end;
        check(child);
      }
    };
    check(item.root);
    expect(item.root.end).toBeLessThanOrEqual(item.length);
  }
});

test('one item per declaration, typedef and function; preprocessor lines are facts', () => {
  const file = parse('#include "a.h"\n#define B 1\nint c;\ntypedef int D;\nvoid e(void) { }\nstruct F { int g; };\n');
  expect(file.items.map((item) => item.root.kind)).toEqual([
    'declaration',
    'type_definition',
    'function_definition',
    'struct_specifier',
  ]);
  expect(file.includes).toEqual([{ path: 'a.h', quoted: true, start: 0, end: 14 }]);
  expect(file.macros).toEqual([{ name: 'B', body: '1', conditions: [], start: 15, end: 26 }]);
});

test('macro definitions: parameters, continued lines, comments', () => {
  const { macros } = parse(
    '#if DBG\n#define LOG(a, ...) \\\n  Print(a /* what */, "//") // how\n#else\n#define LOG(a)\n#endif\n#define EMPTY() 1\n',
  );
  expect(
    macros.map(({ name, params, body, conditions }) => ({ name, params, body: body.replace(/\s+/g, ' '), conditions })),
  ).toEqual([
    { name: 'LOG', params: ['a', '...'], body: 'Print(a , "//")', conditions: ['DBG'] },
    { name: 'LOG', params: ['a'], body: '', conditions: ['!DBG'] },
    { name: 'EMPTY', params: [], body: '1', conditions: [] },
  ]);
});

test('pragmas', () => {
  const { pragmas } = parse('#pragma once\n#pragma alloc_text(PAGE, A, B)\n#pragma warning(disable: 28152)\n');
  expect(pragmas.map(({ kind, name, args }) => ({ kind, name, args }))).toEqual([
    { kind: 'pragma', name: 'once', args: undefined },
    { kind: 'pragma', name: 'alloc_text', args: 'PAGE, A, B' },
    { kind: 'pragma', name: 'warning', args: 'disable: 28152' },
  ]);
});

test('linkage blocks and namespaces are opened, also across conditionals', () => {
  const text =
    '#ifdef __cplusplus\nextern "C" {\n#endif\nint a;\nvoid b(void);\n#ifdef __cplusplus\n}\n#endif\nint c;\n';
  expect(kinds(text)).toEqual(['declaration', 'declaration', 'declaration']);
  expect(kinds(text, 'cpp')).toEqual(['declaration', 'declaration', 'declaration']);
  expect(
    kinds('namespace a { namespace b { int c; } }\nnamespace { void d() { } }\ninline namespace e { int f; }', 'cpp'),
  ).toEqual(['declaration', 'function_definition', 'declaration']);
  expect(kinds('extern "C" void f(void) { }', 'cpp')).toEqual(['function_definition']);
});

test('conditions around items; the guard of a header is none', () => {
  const text =
    '#ifndef A_H\n#define A_H\n#if DBG\nint a;\n#elif defined(B) && C > 1\nint b;\n#else\nint c;\n#ifdef D\nint d;\n#endif\n#endif\nint e;\n#endif\n';
  expect(parse(text).items.map((item) => [declaredName(item), item.conditions])).toEqual([
    ['a', ['DBG']],
    ['b', ['!DBG', 'defined(B) && C > 1']],
    ['c', ['!DBG', '!(defined(B) && C > 1)']],
    ['d', ['!DBG', '!(defined(B) && C > 1)', 'defined(D)']],
    ['e', []],
  ]);
});

test('functions without type, with and without storage class', () => {
  expect(parse('DriverEntry(PVOID a) { }\nstatic helper(int b);\n').errors).toBe(0);
  expect(kinds('DriverEntry(PVOID a) { }\nstatic helper(int b);\n')).toEqual(['function_definition', 'declaration']);
});

test('operators are children with the field operator', () => {
  const [item] = parse('void f(void) { a = b + c->d; e++; !g; h.i; }').items;
  const operators: string[] = [];
  const see = (node: NonNullable<typeof item>['root']): void => {
    if (node.field === 'operator') operators.push(item?.text.slice(node.start, node.end) ?? '');
    node.children.forEach(see);
  };
  if (item) see(item.root);
  expect(operators).toEqual(['=', '+', '->', '++', '!', '.']);
});

test('literals and comments are ranges; literals are leaves', () => {
  const file = parse('/* a */ char *b = "c\\n"; // d\nchar e = \'f\';\n');
  expect(file.comments).toEqual([
    { start: 0, end: 7 },
    { start: 25, end: 29 },
  ]);
  expect(file.literals.map(({ start, end }) => [start, end])).toEqual([
    [18, 23],
    [39, 42],
  ]);
  expect(textsOf(file, 'string_literal')).toEqual(['"c\\n"']);
});

test('classes keep their members', () => {
  const file = parse(
    'class A : public B {\npublic:\n    A(int c) : B(c) { }\n    void f() const override { g(); }\n};\n',
    'cpp',
  );
  expect(file.errors).toBe(0);
  expect(file.items.map((item) => item.root.kind)).toEqual(['class_specifier']);
  expect(textsOf(file, 'function_definition')).toHaveLength(2);
});

test('C++ bodies with initialiser lists and lambdas', () => {
  const file = parse('A::A(int b)\n    : c{b}\n    , d(b)\n{\n    e([this](int f) { g(f); });\n}\nint h;\n', 'cpp');
  expect(file.errors).toBe(0);
  expect(file.items.map((item) => item.root.kind)).toEqual(['function_definition', 'declaration']);
  expect(textsOf(file, 'lambda_expression')).toHaveLength(1);
});

test('a statement keeps its distance from the word before it', () => {
  const file = parse(
    'void f(void)\n{\n  if (a) b(); else *c = d;\n  do ++e; while (f());\n  if (g) h(); else (i)();\n}\n',
  );
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'else_clause')).toEqual(['else *c = d;', 'else (i)();']);
  expect(textsOf(file, 'update_expression')).toEqual(['++e']);
});
