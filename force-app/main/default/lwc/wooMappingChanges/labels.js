import active from '@salesforce/label/c.Woo_Editor_Active';
import added from '@salesforce/label/c.Woo_Editor_Added';
import attribute from '@salesforce/label/c.Woo_Editor_Attribute';
import back from '@salesforce/label/c.Woo_Editor_Back';
import blank from '@salesforce/label/c.Woo_Editor_Blank';
import changed from '@salesforce/label/c.Woo_Editor_Changed';
import changes from '@salesforce/label/c.Woo_Editor_Changes';
import concerns from '@salesforce/label/c.Woo_Editor_Concerns';
import conditionLogic from '@salesforce/label/c.Woo_Editor_Own_Logic';
import conflictRule from '@salesforce/label/c.Woo_Editor_Conflict_Rule';
import createInWoo from '@salesforce/label/c.Woo_Editor_Create_In_Woo';
import defaultValue from '@salesforce/label/c.Woo_Editor_Default_Value';
import deleteField from '@salesforce/label/c.Woo_Editor_Delete_Field';
import deleteRule from '@salesforce/label/c.Woo_Editor_Delete_Rule';
import deleteValue from '@salesforce/label/c.Woo_Editor_Delete_Value';
import direction from '@salesforce/label/c.Woo_Editor_Direction';
import editsToAllStores from '@salesforce/label/c.Woo_Editor_Edits_To_All_Stores';
import externalIdField from '@salesforce/label/c.Woo_Editor_External_Id_Field';
import field from '@salesforce/label/c.Woo_Editor_Field';
import held from '@salesforce/label/c.Woo_Editor_Held';
import incomplete from '@salesforce/label/c.Woo_Editor_Incomplete';
import keepShopImages from '@salesforce/label/c.Woo_Editor_Keep_Shop_Images';
import kind from '@salesforce/label/c.Woo_Editor_Kind';
import matchFields from '@salesforce/label/c.Woo_Editor_Match_Fields';
import name from '@salesforce/label/c.Woo_Editor_Name';
import no from '@salesforce/label/c.Woo_Editor_No';
import nothing from '@salesforce/label/c.Woo_Editor_Nothing';
import object from '@salesforce/label/c.Woo_Editor_Object';
import ofCondition from '@salesforce/label/c.Woo_Editor_Of_Condition';
import ofField from '@salesforce/label/c.Woo_Editor_Of_Field';
import ofMapping from '@salesforce/label/c.Woo_Editor_Of_Mapping';
import offNote from '@salesforce/label/c.Woo_Editor_Off_Note';
import onCreate from '@salesforce/label/c.Woo_Editor_On_Create';
import onDelete from '@salesforce/label/c.Woo_Editor_On_Delete';
import onUpdate from '@salesforce/label/c.Woo_Editor_On_Update';
import operator from '@salesforce/label/c.Woo_Editor_Operator';
import overflow from '@salesforce/label/c.Woo_Editor_Overflow';
import position from '@salesforce/label/c.Woo_Editor_Position';
import realTime from '@salesforce/label/c.Woo_Editor_Real_Time';
import removed from '@salesforce/label/c.Woo_Editor_Removed';
import contentType from '@salesforce/label/c.Woo_Editor_Content_Type';
import resource from '@salesforce/label/c.Woo_Editor_Resource';
import save from '@salesforce/label/c.Woo_Editor_Save';
import staticValue from '@salesforce/label/c.Woo_Editor_Static_Value';
import store from '@salesforce/label/c.Woo_Editor_Store';
import sweepMinutes from '@salesforce/label/c.Woo_Editor_Sweep_Minutes';
import transform from '@salesforce/label/c.Woo_Editor_Transform';
import unchecked from '@salesforce/label/c.Woo_Editor_Unchecked';
import value from '@salesforce/label/c.Woo_Editor_Value';
import valueTable from '@salesforce/label/c.Woo_Editor_Table';
import whenUnmet from '@salesforce/label/c.Woo_Editor_When_Unmet';
import wooMetaKey from '@salesforce/label/c.Woo_Editor_Woo_Meta_Key';
import writeWhen from '@salesforce/label/c.Woo_Editor_Write_When';
import yes from '@salesforce/label/c.Woo_Editor_Yes';

export const label = {
    active,
    added,
    attribute,
    back,
    blank,
    changed,
    changes,
    concerns,
    conditionLogic,
    conflictRule,
    createInWoo,
    defaultValue,
    deleteField,
    deleteRule,
    deleteValue,
    direction,
    editsToAllStores,
    externalIdField,
    field,
    held,
    incomplete,
    keepShopImages,
    kind,
    matchFields,
    name,
    no,
    nothing,
    object,
    ofCondition,
    ofField,
    ofMapping,
    offNote,
    onCreate,
    onDelete,
    onUpdate,
    operator,
    overflow,
    position,
    realTime,
    removed,
    resource,
    contentType,
    save,
    staticValue,
    store,
    sweepMinutes,
    transform,
    unchecked,
    value,
    valueTable,
    whenUnmet,
    wooMetaKey,
    writeWhen,
    yes
};
