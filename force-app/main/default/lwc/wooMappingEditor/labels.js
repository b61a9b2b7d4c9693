import backToList from '@salesforce/label/c.Woo_Editor_Back_To_List';
import changedMeanwhile from '@salesforce/label/c.Woo_Editor_Changed_Meanwhile';
import checked from '@salesforce/label/c.Woo_Editor_Checked';
import checking from '@salesforce/label/c.Woo_Editor_Checking';
import chooseObject from '@salesforce/label/c.Woo_Editor_Choose_Object';
import describeFailed from '@salesforce/label/c.Woo_Editor_Describe_Failed';
import discard from '@salesforce/label/c.Woo_Editor_Discard';
import foreignRecord from '@salesforce/label/c.Woo_Editor_Foreign_Record';
import gone from '@salesforce/label/c.Woo_Editor_Gone';
import keepMine from '@salesforce/label/c.Woo_Editor_Keep_Mine';
import newMapping from '@salesforce/label/c.Woo_Editor_New_Mapping';
import noPermission from '@salesforce/label/c.Woo_Editor_No_Permission';
import previewFailed from '@salesforce/label/c.Woo_Editor_Preview_Failed';
import problems from '@salesforce/label/c.Woo_Editor_Problems';
import readOnlyBadge from '@salesforce/label/c.Woo_Editor_Read_Only_Badge';
import readOnlyNote from '@salesforce/label/c.Woo_Editor_Read_Only_Note';
import reading from '@salesforce/label/c.Woo_Editor_Reading';
import restored from '@salesforce/label/c.Woo_Editor_Restored';
import returning from '@salesforce/label/c.Woo_Editor_Returning';
import review from '@salesforce/label/c.Woo_Editor_Review';
import saveAsNew from '@salesforce/label/c.Woo_Editor_Save_As_New';
import saveFailed from '@salesforce/label/c.Woo_Editor_Save_Failed';
import saveNotSent from '@salesforce/label/c.Woo_Editor_Save_Not_Sent';
import saveRunning from '@salesforce/label/c.Woo_Editor_Save_Running';
import saveUnknown from '@salesforce/label/c.Woo_Editor_Save_Unknown';
import saving from '@salesforce/label/c.Woo_Editor_Saving';
import sessionEnded from '@salesforce/label/c.Woo_Editor_Session_Ended';
import shopSilent from '@salesforce/label/c.Woo_Editor_Shop_Silent';
import somebody from '@salesforce/label/c.Woo_Editor_Somebody';
import takeTheirs from '@salesforce/label/c.Woo_Editor_Take_Theirs';
import toPreview from '@salesforce/label/c.Woo_Editor_To_Preview';
import tryAgain from '@salesforce/label/c.Woo_Error_Try_Again';
import unsaved from '@salesforce/label/c.Woo_Editor_Unsaved';

export const label = {
    backToList,
    changedMeanwhile,
    checked,
    checking,
    chooseObject,
    describeFailed,
    discard,
    foreignRecord,
    gone,
    keepMine,
    newMapping,
    noPermission,
    previewFailed,
    problems,
    readOnlyBadge,
    readOnlyNote,
    reading,
    restored,
    returning,
    review,
    saveAsNew,
    saveFailed,
    saveNotSent,
    saveRunning,
    saveUnknown,
    saving,
    sessionEnded,
    shopSilent,
    somebody,
    takeTheirs,
    toPreview,
    tryAgain,
    unsaved
};
