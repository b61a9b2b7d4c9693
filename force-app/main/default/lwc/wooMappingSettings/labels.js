import allStores from '@salesforce/label/c.Woo_Editor_All_Stores';
import contentType from '@salesforce/label/c.Woo_Editor_Content_Type';
import contentTypeHelp from '@salesforce/label/c.Woo_Editor_Content_Type_Help';
import direction from '@salesforce/label/c.Woo_Editor_Direction';
import externalIdField from '@salesforce/label/c.Woo_Editor_External_Id_Field';
import keyHelp from '@salesforce/label/c.Woo_Editor_Key_Help';
import matchFields from '@salesforce/label/c.Woo_Editor_Match_Fields';
import matchHelp from '@salesforce/label/c.Woo_Editor_Match_Help';
import name from '@salesforce/label/c.Woo_Editor_Name';
import nameTaken from '@salesforce/label/c.Woo_Editor_Name_Taken';
import noKey from '@salesforce/label/c.Woo_Editor_No_Key';
import object from '@salesforce/label/c.Woo_Editor_Object';
import resource from '@salesforce/label/c.Woo_Editor_Resource';
import settings from '@salesforce/label/c.Woo_Editor_Settings';
import store from '@salesforce/label/c.Woo_Editor_Store';

export const label = {
    allStores,
    contentType,
    contentTypeHelp,
    direction,
    externalIdField,
    keyHelp,
    matchFields,
    matchHelp,
    name,
    nameTaken,
    noKey,
    object,
    resource,
    settings,
    store
};
