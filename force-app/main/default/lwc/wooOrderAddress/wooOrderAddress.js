import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import noAddress from '@salesforce/label/c.Woo_Order_No_Address';

const countries = new Intl.DisplayNames(LOCALE, { type: 'region' });

/** A shop keeps the code of a country; people read its name. What is no code stays as it is. */
const countryName = (code) => (/^[A-Z]{2}$/.test(code ?? '') ? countries.of(code) : code);

/** An address as it was given at checkout. */
export default class WooOrderAddress extends LightningElement {
    /** `{ name, company, street, city, state, postalCode, country, phone }`, each a text or nothing. */
    @api address = {};

    label = { noAddress };

    get country() {
        return countryName(this.address.country);
    }

    get hasPlace() {
        const { street, city, state, postalCode, country } = this.address;
        return [street, city, state, postalCode, country].some(Boolean);
    }

    get isEmpty() {
        return !Object.values(this.address).some(Boolean);
    }
}
