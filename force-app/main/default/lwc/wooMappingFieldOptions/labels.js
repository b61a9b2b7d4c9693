import after from '@salesforce/label/c.Woo_Editor_After';
import argumentRegex from '@salesforce/label/c.Woo_Editor_Argument_Regex';
import argumentRegexHelp from '@salesforce/label/c.Woo_Editor_Argument_Regex_Help';
import argumentSlice from '@salesforce/label/c.Woo_Editor_Argument_Slice';
import argumentSliceHelp from '@salesforce/label/c.Woo_Editor_Argument_Slice_Help';
import argumentTemplate from '@salesforce/label/c.Woo_Editor_Argument_Template';
import argumentTemplateHelp from '@salesforce/label/c.Woo_Editor_Argument_Template_Help';
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
    argumentRegex,
    argumentRegexHelp,
    argumentSlice,
    argumentSliceHelp,
    argumentTemplate,
    argumentTemplateHelp,
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
