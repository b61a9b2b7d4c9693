import { LightningElement, api } from 'lwc';
import { urlOf } from 'platform/router';
import { objectInfo, pageTab } from 'host/pages';

/** Tabs that are no objects, or that the host knows without asking. */
const standardTabs = {
  'standard-home': {
    label: 'Home',
    reference: { type: 'standard__namedPage', attributes: { pageName: 'home' } },
  },
  'standard-report': {
    label: 'Reports',
    reference: {
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Report', actionName: 'home' },
    },
  },
};

function tabOf(name) {
  const known = standardTabs[name];
  if (known) return { name, ...known };
  const page = pageTab(name);
  if (page) {
    const reference = { type: 'standard__navItemPage', attributes: { apiName: name } };
    return { name, label: page.label, reference };
  }
  const objectApiName = name.replace(/^standard-/, '');
  const label = objectInfo(objectApiName)?.labelPlural;
  const attributes = { objectApiName, actionName: 'list' };
  return (
    label && { name, label, objectApiName, reference: { type: 'standard__objectPage', attributes } }
  );
}

/** The app's name and its tabs; a tab whose object the user may not see is not there, as in an org. */
export default class NavigationBar extends LightningElement {
  /** Of the metadata: `{ label, color, tabs }`. */
  @api app;
  /** Page reference of what is shown: another one changes which tab is active. */
  @api reference;
  /** The object of the record that is shown. */
  @api objectApiName;

  get barStyle() {
    return `border-bottom-color: ${this.app.color}`;
  }

  get tabs() {
    return this.app.tabs
      .map(tabOf)
      .filter(Boolean)
      .map((tab) => {
        const isActive = this.isActive(tab);
        return {
          ...tab,
          url: urlOf(tab.reference),
          current: isActive ? 'page' : undefined,
          className: `slds-context-bar__item ${isActive ? 'slds-is-active' : ''}`,
        };
      });
  }

  isActive({ objectApiName, reference }) {
    return objectApiName
      ? objectApiName === this.objectApiName
      : this.reference !== undefined && urlOf(reference) === window.location.pathname;
  }
}
