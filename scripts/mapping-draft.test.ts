import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDraft } from '../sidecar/src/engine/commands/editor/draft-mapping.ts';
import { root } from './lib/sf.ts';

/** Of `c/wooMappingDraft`, which is JavaScript. */
interface Model {
  readonly TEMPLATES: readonly { readonly key: string; readonly fields: readonly object[] }[];
  readonly newDraft: (template: string, org: object) => object;
  readonly commandDraft: (draft: object) => { readonly mapping: Record<string, unknown> };
}

const model = (await import(
  join(root, 'force-app/main/default/lwc/wooMappingDraft/wooMappingDraft.js')
)) as Model;
const org = {
  stores: [],
  taken: { Woo_Mapping__mdt: [], Woo_Field_Mapping__mdt: [], Woo_Condition__mdt: [] },
};

describe('what the pages make of a draft', () => {
  it.each(model.TEMPLATES.map(({ key, fields }) => [key, fields.length] as const))(
    'is what the engine takes: %s',
    (key, rows) => {
      const command = model.commandDraft(model.newDraft(key, org));
      const { mapping, fields } = parseDraft(JSON.stringify(command));
      expect(fields).toHaveLength(rows);
      // Each word of the engine is given, so that none is left to a default.
      expect(Object.keys({ ...command.mapping, active: true }).sort()).toEqual(
        Object.keys(mapping).sort(),
      );
    },
  );
});
