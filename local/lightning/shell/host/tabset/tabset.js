import { LightningElement, api } from 'lwc';

const standardTitles = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.collaborate': 'Chatter',
};

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
      label: standardTitles[properties.title] ?? properties.title,
      body: facets.body ?? [],
    }));
  }
}
