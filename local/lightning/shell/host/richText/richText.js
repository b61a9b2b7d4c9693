import { LightningElement, api } from 'lwc';

/** `flexipage:richText`. */
export default class RichText extends LightningElement {
  @api value;
}
