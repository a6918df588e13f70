//! Leaf: probability distributions, one a file, each with its inverse. STUB until merge.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family { Uniform, Normal, Lognormal, Ci90, Triangular, Pert, Beta, Gamma, Weibull, Exponential, Poisson }
#[allow(missing_docs)]
impl Family {
 pub const ALL: [Family; 11] = [Family::Uniform, Family::Normal, Family::Lognormal, Family::Ci90, Family::Triangular, Family::Pert, Family::Beta, Family::Gamma, Family::Weibull, Family::Exponential, Family::Poisson];
 pub fn name(self)->&'static str { match self { Family::Uniform=>"uniform",Family::Normal=>"normal",Family::Lognormal=>"lognormal",Family::Ci90=>"ci90",Family::Triangular=>"triangular",Family::Pert=>"pert",Family::Beta=>"beta",Family::Gamma=>"gamma",Family::Weibull=>"weibull",Family::Exponential=>"exponential",Family::Poisson=>"poisson" } }
 pub fn parameters(self)->&'static [&'static str] { match self { Family::Uniform=>&["low","high"],Family::Triangular|Family::Pert=>&["min","mode","max"],Family::Exponential|Family::Poisson=>&["mean"],_=>&["a","b"]}}
 pub fn from_name(n:&str)->Option<Self>{Self::ALL.into_iter().find(|f|f.name()==n)}
}
#[allow(missing_docs)]
#[derive(Debug)]
pub struct Invalid { pub argument: Option<usize>, pub message: String }
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub struct Distribution(Family, Vec<f64>);
#[allow(missing_docs)]
impl Distribution { pub fn new(f: Family, a:&[f64], _t: Option<[f64;2]>) -> Result<Self,Invalid> { Ok(Distribution(f,a.to_vec())) }
 pub fn quantile(&self, u:f64)->f64 { match self.0 { Family::Uniform=> self.1[0]+u*(self.1[1]-self.1[0]), Family::Exponential => -self.1[0]*crate::numeric::ln(1.0-u), _ => self.1[0]+u*(self.1[self.1.len()-1]-self.1[0]) } } }
#[allow(missing_docs)]
#[derive(Debug)]
pub struct Sampler(Distribution);
#[allow(missing_docs)]
impl Sampler { pub fn new(d: Distribution)->Self{Sampler(d)} pub fn sample(&self,u:f64)->f64{self.0.quantile(u)} }
#[allow(missing_docs)]
pub fn bernoulli(p:f64,u:f64)->bool{u<p}
#[allow(missing_docs)]
pub fn unit_exponential(u:f64)->f64{-crate::numeric::ln(1.0-u)}
#[allow(missing_docs)]
pub fn discrete(w:&[f64],u:f64)->Option<usize>{ let t:f64=w.iter().sum(); let mut c=0.0; for (i,x) in w.iter().enumerate(){c+=x; if u*t<c {return Some(i)}} None}
