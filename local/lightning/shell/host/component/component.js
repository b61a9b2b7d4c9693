import { LightningElement, api } from 'lwc';
import { components } from 'host/components';
import DetailPanel from 'host/detailPanel';
import HighlightsPanel from 'host/highlightsPanel';
import ListCard from 'host/listCard';
import RelatedLists from 'host/relatedLists';
import RichText from 'host/richText';
import Tabset from 'host/tabset';
import { objectInfo, objectPages, propertyTypes } from 'host/pages';
import FORM_FACTOR from '@salesforce/client/formFactor';

const shapers = {
  Boolean: (value) => value === 'true',
  Integer: Number,
};

/** Standard components of pages, and what each is given. */
const standard = {
  'force:highlightsPanel': ({ properties }, context) => ({
    is: HighlightsPanel,
    given: { context, actionNames: properties.actionNames },
  }),
  'force:detailPanel': (_, context) => ({ is: DetailPanel, given: { context } }),
  'force:relatedListContainer': (_, context) => ({ is: RelatedLists, given: { context } }),
  'force:relatedListSingleContainer': ({ properties }, context) => ({
    is: RelatedLists,
    given: { context, relatedListApiName: properties.relatedListApiName },
  }),
  'flexipage:tabset': ({ facets }, context) => ({
    is: Tabset,
    given: { tabs: facets.tabs, context },
  }),
  'flexipage:richText': ({ properties }) => ({
    is: RichText,
    given: { value: properties.richTextValue },
  }),
  'flexipage:filterListCard': ({ properties: { entityName, filterName, pageSize } }) => {
    const views = objectInfo(entityName) ? objectPages(entityName).listViews : [];
    if (!views.some(({ name }) => name === filterName)) return undefined;
    return { is: ListCard, given: { objectApiName: entityName, filterName, pageSize } };
  },
};

/** A component of a Lightning page: one of the project, a standard one, or a box that says it is not shown. */
export default class Component extends LightningElement {
  /** Of the metadata: `{ name, id, properties, facets }`. */
  @api component;
  /** Of the page: `{ recordId, objectApiName, objectInfo, record }`. */
  @api context = {};

  get own() {
    const [, name] = /^c:(\w+)$/.exec(this.component.name) ?? [];
    const is = components[name];
    return is && { is, given: { ...this.pageValues, ...this.shaped(name) } };
  }

  get chosen() {
    if (this.isHidden || this.component.unknownRule) return undefined;
    return this.own ?? standard[this.component.name]?.(this.component, this.context);
  }

  get isHidden() {
    const { formFactor } = this.component;
    return formFactor !== undefined && formFactor !== FORM_FACTOR;
  }

  get pageValues() {
    const { recordId, objectApiName } = this.context;
    return recordId ? { recordId, objectApiName } : {};
  }

  /** Properties as the component declares them: metadata holds only texts. */
  shaped(name) {
    const types = propertyTypes(name);
    const entries = Object.entries(this.component.properties);
    return Object.fromEntries(
      entries.map(([key, value]) => [key, shapers[types[key]]?.(value) ?? value]),
    );
  }

  get implementation() {
    return this.chosen?.is;
  }

  get properties() {
    return this.chosen.given;
  }

  get notShown() {
    const { name, unknownRule } = this.component;
    if (this.isHidden) return undefined;
    return unknownRule
      ? `The host cannot tell whether ${name} is shown: ${unknownRule}.`
      : `The host does not show ${name}.`;
  }
}
