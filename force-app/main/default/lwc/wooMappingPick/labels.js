import more from '@salesforce/label/c.Woo_Editor_More';
import none from '@salesforce/label/c.Woo_Editor_None';
import use from '@salesforce/label/c.Woo_Editor_Use';

export const label = {
    more,
    none,
    use
};
