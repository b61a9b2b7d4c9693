import after from '@salesforce/label/c.Woo_Editor_After';
import asMapping from '@salesforce/label/c.Woo_Editor_As_Mapping';
import before from '@salesforce/label/c.Woo_Editor_Before';
import defaultHelp from '@salesforce/label/c.Woo_Editor_Default_Help';
import defaultValue from '@salesforce/label/c.Woo_Editor_Default_Value';
import direction from '@salesforce/label/c.Woo_Editor_Direction';
import empty from '@salesforce/label/c.Woo_Editor_Empty';
import kind from '@salesforce/label/c.Woo_Editor_Kind';
import overflow from '@salesforce/label/c.Woo_Editor_Overflow';
import transform from '@salesforce/label/c.Woo_Editor_Transform';
import writeWhen from '@salesforce/label/c.Woo_Editor_Write_When';

export const label = {
    after,
    asMapping,
    before,
    defaultHelp,
    defaultValue,
    direction,
    empty,
    kind,
    overflow,
    transform,
    writeWhen
};
