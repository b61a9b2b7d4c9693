import conditions from '@salesforce/label/c.Woo_Mappings_Conditions';
import create from '@salesforce/label/c.Woo_Mappings_New';
import deleteHeading from '@salesforce/label/c.Woo_Mappings_Delete';
import deleteText from '@salesforce/label/c.Woo_Mappings_Delete_Text';
import downloadAll from '@salesforce/label/c.Woo_Mappings_Download_All';
import empty from '@salesforce/label/c.Woo_Mappings_Empty';
import everyStore from '@salesforce/label/c.Woo_Mappings_Every_Store';
import fields from '@salesforce/label/c.Woo_Mappings_Fields';
import gone from '@salesforce/label/c.Woo_Mappings_Gone';
import held from '@salesforce/label/c.Woo_Mappings_Held';
import issues from '@salesforce/label/c.Woo_Mappings_Issues';
import loading from '@salesforce/label/c.Woo_Sync_Loading';
import notReported from '@salesforce/label/c.Woo_Mappings_Not_Reported';
import off from '@salesforce/label/c.Woo_Mappings_Off';
import offHeading from '@salesforce/label/c.Woo_Mappings_Switch_Off';
import offText from '@salesforce/label/c.Woo_Mappings_Switch_Off_Text';
import on from '@salesforce/label/c.Woo_Mappings_On';
import readOnly from '@salesforce/label/c.Woo_Mappings_Read_Only';
import records from '@salesforce/label/c.Woo_Mappings_Records';
import recordsOfObject from '@salesforce/label/c.Woo_Mappings_Records_Of_Object';
import refresh from '@salesforce/label/c.Woo_Sync_Refresh';
import edit from '@salesforce/label/c.Woo_Mappings_Edit';
import kept from '@salesforce/label/c.Woo_Mappings_Kept';
import saved from '@salesforce/label/c.Woo_Mappings_Saved';
import saveChanged from '@salesforce/label/c.Woo_Mappings_Save_Changed';
import saveFailed from '@salesforce/label/c.Woo_Mappings_Save_Failed';
import saveRefused from '@salesforce/label/c.Woo_Mappings_Save_Refused';
import saveRunning from '@salesforce/label/c.Woo_Mappings_Save_Running';
import saveSession from '@salesforce/label/c.Woo_Mappings_Save_Session';
import saveUnknown from '@salesforce/label/c.Woo_Mappings_Save_Unknown';
import saving from '@salesforce/label/c.Woo_Mappings_Saving';
import silent from '@salesforce/label/c.Woo_Mappings_Silent';
import title from '@salesforce/label/c.Woo_Mappings_Title';
import undoHeading from '@salesforce/label/c.Woo_Mappings_Undo';
import undoNone from '@salesforce/label/c.Woo_Mappings_Undo_None';
import undoTooLong from '@salesforce/label/c.Woo_Mappings_Undo_Too_Long';
import undoText from '@salesforce/label/c.Woo_Mappings_Undo_Text';
import withOff from '@salesforce/label/c.Woo_Mappings_With_Off';

export const label = {
    conditions,
    create,
    deleteHeading,
    deleteText,
    downloadAll,
    empty,
    everyStore,
    fields,
    gone,
    held,
    issues,
    loading,
    notReported,
    off,
    offHeading,
    offText,
    on,
    readOnly,
    records,
    recordsOfObject,
    refresh,
    saved,
    saveChanged,
    saveFailed,
    saveRefused,
    saveRunning,
    saveSession,
    saveUnknown,
    saving,
    silent,
    title,
    undoHeading,
    undoNone,
    undoText,
    undoTooLong,
    edit,
    kept,
    withOff
};
