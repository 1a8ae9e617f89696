//! What measures the machine, or brings more browsers than two of its cores carry beside others: each of these waits until
//! it is alone (`play_alone`). They come last, by their module's name, so that the others wait for them only once.

mod five_people;
mod network;
mod paths;
mod pictures;
mod viewer;
