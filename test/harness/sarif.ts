import { Ajv } from 'ajv';

/** An object with these properties and no others. */
const exactly = (properties: Record<string, object>, required: string[] = Object.keys(properties)): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const place = { type: 'integer', minimum: 1 };
const list = (items: object): object => ({ type: 'array', items });
const message = exactly({ text });
const level = { enum: ['none', 'note', 'warning', 'error'] };
const region = exactly({ startLine: place, startColumn: place, endLine: place, endColumn: place });
/** A URI holds nothing that has to be escaped. */
const uri = { type: 'string', pattern: "^[\\w\\-.~!$&'()*+,;=:@/%]+$", not: { pattern: '%(?![0-9A-F]{2})' } };
const artifactLocation = exactly({ uri, uriBaseId: text, index: count }, ['uri']);
const physicalLocation = exactly({ artifactLocation, region });

const rule = exactly(
  {
    id: { type: 'string', pattern: '^[a-z]+(-[a-z]+)+$' },
    shortDescription: message,
    fullDescription: message,
    help: exactly({ text, markdown: text }),
    helpUri: { type: 'string', pattern: '^https://' },
    defaultConfiguration: exactly({ level }),
    properties: exactly({ tags: { ...list(text), uniqueItems: true } }),
  },
  ['id', 'shortDescription', 'fullDescription', 'help', 'helpUri', 'defaultConfiguration'],
);

const fix = exactly({
  description: message,
  artifactChanges: {
    ...list(
      exactly({
        artifactLocation,
        replacements: {
          ...list(exactly({ deletedRegion: region, insertedContent: exactly({ text: { type: 'string' } }) })),
          minItems: 1,
        },
      }),
    ),
    minItems: 1,
  },
});

const result = exactly(
  {
    ruleId: text,
    ruleIndex: count,
    level,
    message,
    locations: list(exactly({ physicalLocation })),
    partialFingerprints: { type: 'object', additionalProperties: text },
    relatedLocations: list(exactly({ id: count, physicalLocation, message })),
    fixes: list(fix),
  },
  ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
);

/** The part of SARIF 2.1.0 that reports are made of, and nothing beyond it. */
const log = exactly({
  $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
  version: { const: '2.1.0' },
  runs: {
    ...list(
      exactly({
        tool: exactly({
          driver: exactly({ name: text, semanticVersion: text, version: text, rules: list(rule) }),
        }),
        invocations: list(
          exactly({
            executionSuccessful: { type: 'boolean' },
            toolExecutionNotifications: list(exactly({ level, message })),
          }),
        ),
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        newlineSequences: { ...list(text), minItems: 1, uniqueItems: true },
        originalUriBaseIds: { type: 'object', additionalProperties: exactly({ uri, description: message }, []) },
        artifacts: { ...list(exactly({ location: artifactLocation })), uniqueItems: true },
        results: list(result),
      }),
    ),
    minItems: 1,
    maxItems: 1,
  },
});

const validate = new Ajv({ allErrors: true, strict: false }).compile(log);

/** What is wrong with the log, in words. */
export function sarifProblems(value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
