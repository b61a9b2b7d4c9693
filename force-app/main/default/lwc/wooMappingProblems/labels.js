import addRow from '@salesforce/label/c.Woo_Editor_Add_Row';
import addSeveral from '@salesforce/label/c.Woo_Editor_Add_Several';
import error from '@salesforce/label/c.Woo_Editor_Error';
import noFieldsCure from '@salesforce/label/c.Woo_Editor_No_Fields_Cure';
import warning from '@salesforce/label/c.Woo_Editor_Warning';

export const label = {
    addRow,
    addSeveral,
    error,
    noFieldsCure,
    warning
};
