import { api } from 'lwc';
import { closeActionScreenEventName } from 'lightning/actions';
import LightningModal from 'lightning/modal';

/** The window of a quick action that is a Lightning web component. */
export default class ActionWindow extends LightningModal {
  @api component;
  @api context;

  get action() {
    return { name: `c:${this.component}`, id: this.component, properties: {}, facets: {} };
  }

  connectedCallback() {
    this.template.addEventListener(closeActionScreenEventName, () => this.close());
  }
}
