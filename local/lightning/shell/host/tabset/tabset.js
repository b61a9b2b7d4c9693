import { LightningElement, api } from 'lwc';

const standardTitles = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.collaborate': 'Chatter',
};

const ownLabel = /^\{!\$Label\.(\w+)\}$/;

/** A custom label in the user's language, a title of the platform, or the text as it stands. */
function titleOf(title) {
  const [, name] = ownLabel.exec(title) ?? [];
  return globalThis.lightningHost.labels[name] ?? standardTitles[title] ?? title;
}

/** `flexipage:tabset`. */
export default class Tabset extends LightningElement {
  /** Components of the facet: each a `flexipage:tab` with its body. */
  @api tabs;
  @api context;

  get active() {
    return this.tabs.find(({ properties }) => properties.active === 'true')?.id;
  }

  get shown() {
    return this.tabs.map(({ id, properties, facets }) => ({
      id,
      label: titleOf(properties.title),
      body: facets.body ?? [],
    }));
  }
}
