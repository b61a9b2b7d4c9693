import addRequired from '@salesforce/label/c.Woo_Editor_Add_Required';
import addRow from '@salesforce/label/c.Woo_Editor_Add_Row';
import addSeveral from '@salesforce/label/c.Woo_Editor_Add_Several';
import addStatic from '@salesforce/label/c.Woo_Editor_Add_Static';
import attribute from '@salesforce/label/c.Woo_Editor_Attribute';
import field from '@salesforce/label/c.Woo_Editor_Field';
import fields from '@salesforce/label/c.Woo_Editor_Fields';
import filter from '@salesforce/label/c.Woo_Editor_Filter';
import missing from '@salesforce/label/c.Woo_Editor_Missing';
import noFields from '@salesforce/label/c.Woo_Editor_No_Fields';
import noMatch from '@salesforce/label/c.Woo_Editor_No_Match';
import onlyWrong from '@salesforce/label/c.Woo_Editor_Only_Wrong';
import showMore from '@salesforce/label/c.Woo_Editor_Show_More';

export const label = {
    addRequired,
    addRow,
    addSeveral,
    addStatic,
    attribute,
    field,
    fields,
    filter,
    missing,
    noFields,
    noMatch,
    onlyWrong,
    showMore
};
