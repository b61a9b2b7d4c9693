import { LightningElement, api } from 'lwc';

/** The bar on top: where this is, and who is signed in. */
export default class GlobalHeader extends LightningElement {
  @api userName;
}
