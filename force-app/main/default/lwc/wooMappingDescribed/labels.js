import notWritable from '@salesforce/label/c.Woo_Editor_Not_Writable';
import required from '@salesforce/label/c.Woo_Editor_Required';

export const label = {
    notWritable,
    required
};
