import { LightningElement } from 'lwc';
import { currentReference, followLinks, onNavigate } from 'platform/router';
import { homePage, loadPages, objectInfo, objectOfId, pageOfTab, pageTab } from 'host/pages';

const kinds = {
  standard__recordPage: 'isRecord',
  standard__objectPage: 'isObject',
  standard__namedPage: 'isHome',
  standard__navItemPage: 'isTab',
  host__component: 'isComponent',
};

/** The whole page: header, tabs and what the address asks for. */
export default class App extends LightningElement {
  pages;
  failure;
  reference = currentReference();
  userName = globalThis.lightningHost.userName;

  connectedCallback() {
    onNavigate((reference) => this.go(reference));
    followLinks();
    this.load();
  }

  async load() {
    try {
      this.pages = await loadPages();
      this.go(this.reference);
    } catch (error) {
      this.failure = error.message;
    }
  }

  go(reference) {
    this.reference = reference;
    this.name(this.title);
    window.scrollTo(0, 0);
  }

  name(title) {
    document.title = `${title} | ${this.pages.app.label}`;
  }

  handleTitle(event) {
    this.name(event.detail.title);
  }

  get recordId() {
    return this.reference.attributes.recordId;
  }

  get objectApiName() {
    return this.reference.attributes.objectApiName ?? (this.recordId && objectOfId(this.recordId));
  }

  get kind() {
    const { type, attributes } = this.reference;
    const kind = kinds[type];
    if (kind === 'isRecord' && (!this.objectApiName || attributes.actionName !== 'view'))
      return undefined;
    if (kind === 'isHome' && (attributes.pageName !== 'home' || !homePage())) return undefined;
    if (kind === 'isTab' && !this.tabPage) return undefined;
    return kind;
  }

  get tabPage() {
    return pageOfTab(this.reference.attributes.apiName);
  }

  /**
   * One page with a key of its own for each address, so that going elsewhere begins anew. The page of a tab stays while
   * only its state changes: it hears so by its page reference.
   */
  get shown() {
    const kind = this.kind;
    const { type, attributes } = this.reference;
    const state = kind === 'isTab' ? undefined : this.reference.state;
    return [{ key: JSON.stringify([type, attributes, state]), ...(kind ? { [kind]: true } : {}) }];
  }

  get title() {
    const titles = {
      isRecord: this.recordId,
      isObject: objectInfo(this.objectApiName)?.labelPlural ?? this.objectApiName,
      isHome: 'Home',
      isTab: pageTab(this.reference.attributes.apiName)?.label,
      isComponent: this.reference.attributes.name,
    };
    return titles[this.kind] ?? this.problemTitle;
  }

  /** A tab of the app that the user does not have; what it would show is not told. */
  get isRefused() {
    return this.reference.type === 'standard__navItemPage';
  }

  get problemTitle() {
    return this.isRefused ? "You don't have access to this page" : 'Not shown here';
  }

  get problem() {
    const { pathname } = window.location;
    if (this.unread) return `Whether there is a page at ${pathname} could not be read.`;
    return this.isRefused
      ? `There is no page at ${pathname}, or you have no access to it. Ask your Salesforce admin.`
      : `The host has no page at ${pathname}.`;
  }

  /** Why tabs, rights or objects may be missing that the user has; nothing where all was read. */
  get unread() {
    const reasons = [...globalThis.lightningHost.unread, ...this.pages.unread];
    return [...new Set(reasons)].join(' ');
  }

  get homePage() {
    return homePage();
  }

  /** `/host/component/wooX?recordId=…`: a component alone, its properties taken from the address. */
  get component() {
    const { attributes, state } = this.reference;
    return { name: `c:${attributes.name}`, id: attributes.name, properties: state, facets: {} };
  }
}
