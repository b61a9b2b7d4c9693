import acceptAll from '@salesforce/label/c.Woo_Matches_Accept_All';
import acceptAllText from '@salesforce/label/c.Woo_Matches_Accept_All_Text';
import createAll from '@salesforce/label/c.Woo_Matches_Create_All';
import createAllText from '@salesforce/label/c.Woo_Matches_Create_All_Text';
import customers from '@salesforce/label/c.Woo_Matches_Customers';
import deciding from '@salesforce/label/c.Woo_Matches_Deciding';
import empty from '@salesforce/label/c.Woo_Matches_Empty';
import failed from '@salesforce/label/c.Woo_Matches_Failed';
import filter from '@salesforce/label/c.Woo_Matches_Filter';
import filterAccepted from '@salesforce/label/c.Woo_Matches_State_Accepted';
import filterAdopt from '@salesforce/label/c.Woo_Matches_State_Adopt';
import filterAll from '@salesforce/label/c.Woo_Matches_Filter_All';
import filterCreate from '@salesforce/label/c.Woo_Matches_State_Create';
import filterFailed from '@salesforce/label/c.Woo_Matches_Filter_Failed';
import filterLeftOut from '@salesforce/label/c.Woo_Matches_State_Left_Out';
import filterTwice from '@salesforce/label/c.Woo_Matches_Filter_Twice';
import filterUnclear from '@salesforce/label/c.Woo_Matches_Filter_Unclear';
import find from '@salesforce/label/c.Woo_Matches_Find';
import findMore from '@salesforce/label/c.Woo_Matches_Find_More';
import finding from '@salesforce/label/c.Woo_Matches_Finding';
import intro from '@salesforce/label/c.Woo_Matches_Intro';
import noneLeft from '@salesforce/label/c.Woo_Matches_None_Left';
import nothing from '@salesforce/label/c.Woo_Matches_Nothing';
import products from '@salesforce/label/c.Woo_Matches_Products';
import records from '@salesforce/label/c.Woo_Matches_Records';
import stop from '@salesforce/label/c.Woo_Matches_Stop';
import store from '@salesforce/label/c.Woo_Matches_Store';
import title from '@salesforce/label/c.Woo_Matches_Title';
import unbuilt from '@salesforce/label/c.Woo_Matches_Unbuilt';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';

export const label = {
    acceptAll,
    acceptAllText,
    createAll,
    createAllText,
    customers,
    deciding,
    empty,
    failed,
    filter,
    find,
    findMore,
    finding,
    intro,
    noneLeft,
    notDone,
    nothing,
    products,
    records,
    stop,
    store,
    title,
    unbuilt
};

export const FILTER_LABELS = {
    all: filterAll,
    unclear: filterUnclear,
    adopt: filterAdopt,
    create: filterCreate,
    accepted: filterAccepted,
    leftOut: filterLeftOut,
    twice: filterTwice,
    failed: filterFailed
};
