import { LightningElement, api } from 'lwc';

/** The components of a page's region, one below the other. */
export default class Region extends LightningElement {
  @api components;
  @api context;
}
