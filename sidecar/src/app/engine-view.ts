import type { Engine } from '../engine/engine.ts';
import type { Edit, Engine as EngineView } from '../http/engine-port.ts';
import {
  conditionOf,
  conditionOfOrg,
  conditionsOfStores,
  type ViewParts,
} from './engine-conditions.ts';
import { figuresOf } from './engine-figures.ts';

/** The engine as the server sees it. But for images it costs no API call. */
export function engineView(engine: Engine, parts: ViewParts): EngineView {
  const { queue, org } = parts;
  return {
    get organizationId() {
      // Without the mappings nobody knows what a message is for, and Salesforce sends it again.
      return engine.setup === null ? null : org.organizationId;
    },
    knowsObject: (object) => engine.objects.has(object),
    onEdits: (edits) => engine.edited(edits.flatMap((edit) => knownEdits(edit, engine.objects))),
    image: (hash) => engine.image(hash),
    queue,
    mappings: (store) => (engine.setup === null ? null : engine.store(store)?.setup.mappings),
    isEcho: (store, change, body) => engine.store(store)?.isEcho(change, body) ?? false,
    isOtherShop: (store, source) => engine.store(store)?.isOtherShop(source) ?? false,
    onEvent: (store, change) => {
      engine.store(store)?.heard(change);
    },
    health: () =>
      Promise.resolve({
        queue: conditionOf(engine.availability.state),
        org: conditionOfOrg(engine, parts),
        stores: Object.fromEntries(conditionsOfStores(engine)),
      }),
    figures: () => figuresOf(engine, parts),
  };
}

/** A record that was deleted may be of any object where the message did not say of which. */
function knownEdits(
  edit: Edit,
  objects: ReadonlySet<string>,
): readonly (Edit & { readonly object: string })[] {
  const { object } = edit;
  return object === null
    ? [...objects].map((one) => ({ ...edit, object: one }))
    : [{ ...edit, object }];
}
