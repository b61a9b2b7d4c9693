import badMinutes from '@salesforce/label/c.Woo_Editor_Bad_Minutes';
import conflictRule from '@salesforce/label/c.Woo_Editor_Conflict_Rule';
import createInWoo from '@salesforce/label/c.Woo_Editor_Create_In_Woo';
import deleteField from '@salesforce/label/c.Woo_Editor_Delete_Field';
import deleteRule from '@salesforce/label/c.Woo_Editor_Delete_Rule';
import deleteValue from '@salesforce/label/c.Woo_Editor_Delete_Value';
import editsToAllStores from '@salesforce/label/c.Woo_Editor_Edits_To_All_Stores';
import events from '@salesforce/label/c.Woo_Editor_Events';
import keepShopImages from '@salesforce/label/c.Woo_Editor_Keep_Shop_Images';
import moreSettings from '@salesforce/label/c.Woo_Editor_More_Settings';
import onCreate from '@salesforce/label/c.Woo_Editor_On_Create';
import onDelete from '@salesforce/label/c.Woo_Editor_On_Delete';
import onUpdate from '@salesforce/label/c.Woo_Editor_On_Update';
import realTime from '@salesforce/label/c.Woo_Editor_Real_Time';
import realTimeHelp from '@salesforce/label/c.Woo_Editor_Real_Time_Help';
import rules from '@salesforce/label/c.Woo_Editor_Rules';
import sweepHelp from '@salesforce/label/c.Woo_Editor_Sweep_Help';
import sweepMinutes from '@salesforce/label/c.Woo_Editor_Sweep_Minutes';
import wooMetaKey from '@salesforce/label/c.Woo_Editor_Woo_Meta_Key';

export const label = {
    badMinutes,
    conflictRule,
    createInWoo,
    deleteField,
    deleteRule,
    deleteValue,
    editsToAllStores,
    events,
    keepShopImages,
    moreSettings,
    onCreate,
    onDelete,
    onUpdate,
    realTime,
    realTimeHelp,
    rules,
    sweepHelp,
    sweepMinutes,
    wooMetaKey
};
