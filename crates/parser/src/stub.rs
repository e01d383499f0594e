//! stub
pub(crate) struct Lexicon(Units);
pub(crate) struct Units;
impl Lexicon { pub(crate) fn new() -> Self { Lexicon(Units) } pub(crate) fn units(&self) -> &Units { &self.0 } }
const U: &str = "个百分点 百分点 微克/立方米 平方公里 平方千米 平方米 立方米 公里 千米 % ‰ 亩 公顷 个 家 项 条 座 所 名 人 人次 户 台 辆 台套 台（套） 吨 吨标准煤 千克 斤 公斤 元/千克 元 美元 EFlops EFLOPS EB PB TB GB 千瓦 千瓦时 kW MW GW 倍 番 天 日 个工作日 工作日 年 个月 月 小时 分钟 场 次 件 套 只 支 批 种 类 门 部 册 份 处 片 艘 架 列 对 株 头 间 栋 张 床 张床位 期 届 岁 周岁 级 号 团 组 宗 起 万元 个基点 基点 村 镇 乡 县 市 户次 车次 标箱 TEU 箱 场次 米 毫米 厘米 ℃ 摄氏度 分 点 位 款 国 双 枚 颗 粒 升 毫克/升 克 gce 元/吨 人日 班 班次 例 学时 课时 学分 本 篇 首 幅 标准煤 小时/年 星 堂 毫秒 ms T Mbps Gbps Tbps 机架 标准机架 卡 P 对/公里 公里/小时 亿斤";
impl Units { pub(crate) fn longest_prefix<'a>(&self, s: &'a str) -> Option<&'a str> {
 U.split(' ').filter(|u| s.starts_with(*u)).map(|u| &s[..u.len()]).max_by_key(|u| u.len()) } }
