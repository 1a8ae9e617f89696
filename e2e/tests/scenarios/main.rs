//! What people do with Farhand, one file per scenario. All in one program, since linking each of them takes longer than
//! playing it.

mod accounts;
mod apart;
mod camera;
mod cameras;
mod chat;
mod chat_files;
mod coach;
mod console;
mod desk;
mod ending;
mod everybody;
mod failures;
mod first_screen;
mod handover;
mod ink;
mod invitations;
mod invited_by_sms;
mod knocking;
mod late_part;
mod layout;
mod lens;
mod links;
mod one_click;
mod paths;
mod photo;
mod records;
mod recovery;
mod ringing;
mod stills;
mod visits;
mod webkit;
mod whole_machine;
