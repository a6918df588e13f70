//! STUB
#![allow(missing_docs, clippy::disallowed_methods)]
mod exact_sum;
pub fn exp(x:f64)->f64{x.exp()} pub fn ln(x:f64)->f64{x.ln()} pub fn pow(x:f64,y:f64)->f64{x.powf(y)} pub fn logistic(x:f64)->f64{1.0/(1.0+(-x).exp())} pub fn min(a:f64,b:f64)->f64{if a<b{a}else{b}} pub fn max(a:f64,b:f64)->f64{if a>b{a}else{b}} pub fn clamp(x:f64,a:f64,b:f64)->f64{min(max(x,a),b)}
