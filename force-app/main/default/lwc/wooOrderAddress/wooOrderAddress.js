import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import noAddress from '@salesforce/label/c.Woo_Order_No_Address';

const countries = new Intl.DisplayNames(LOCALE, { type: 'region' });

const isCode = (country) => /^[A-Z]{2}$/.test(country ?? '');

/** A shop keeps the code of a country; people read its name. What is no code stays as it is. */
const countryName = (country) => (isCode(country) ? countries.of(country) : country);

/** An address is written in the order of its own country, whoever reads it. */
const localeOf = (country) => (isCode(country) ? `${LOCALE.split('-')[0]}-${country}` : LOCALE);

/** An address as it was given at checkout. */
export default class WooOrderAddress extends LightningElement {
    /** `{ name, company, street, city, state, postalCode, country, phone }`, each a text or nothing. */
    @api address = {};

    label = { noAddress };

    get country() {
        return countryName(this.address.country);
    }

    get locale() {
        return localeOf(this.address.country);
    }

    get hasPlace() {
        const { street, city, state, postalCode, country } = this.address;
        return [street, city, state, postalCode, country].some(Boolean);
    }

    get isEmpty() {
        return !Object.values(this.address).some(Boolean);
    }
}
